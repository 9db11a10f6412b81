-- A page of the events between two instants, after a number. Index: event_log_at; what happened in the minutes asked for.
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
where event.at > $from::timestamptz
  and event.at <= $to::timestamptz
  and event.seq > $after
  and event.name <> 'network'
order by event.seq
limit $limit
