-- The events after a number, in order, at most a batch. Index: event_log_pkey; up to $limit rows. Prepared.
select
  event.seq,
  event.at,
  event.name,
  event.step,
  event.subject_id,
  event.incident_id,
  event.actor,
  event.data
from event_log as event
where event.seq > $after
order by event.seq
limit $limit
