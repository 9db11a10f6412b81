-- The newest and the oldest number of the event log, 0 where it is empty. Index: event_log_pkey; one row.
select
  coalesce(max(event.seq), 0) as newest,
  coalesce(min(event.seq), 0) as oldest
from event_log as event
