-- The last event at or before an instant. Several servers' clocks differ a little, so the highest number among the newest is taken.
-- Index: event_log_at; one row, null where there is none.
select max(newest.seq) as seq
from (
  select event.seq
  from event_log as event
  where event.at <= $at::timestamptz
  order by event.at desc
  limit 500
) as newest
