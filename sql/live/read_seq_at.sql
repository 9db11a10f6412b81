-- The last event at or before an instant. Index: event_log_at; at most one row.
select event.seq
from event_log as event
where event.at <= $at::timestamptz
order by event.at desc, event.seq desc
limit 1
