-- The newest word on each incident and crew between two events. Index: event_log_pkey; as many events as lie between two kept
-- snapshots.
select distinct on (event.name, event.subject_id)
  event.name,
  event.at,
  event.data
from event_log as event
where event.seq > $after
  and event.seq <= $until
  and event.at <= $at::timestamptz
  and event.name in ('incident', 'crew')
order by event.name, event.subject_id, event.seq desc
