-- The last changes of the settings of dispatch, newest first. Index: event_log_settings; at most $limit rows.
select event.seq, event.at, event.actor, event.step, event.data
from event_log as event
where event.subject_id = 'dispatch_settings'
order by event.seq desc
limit $limit
