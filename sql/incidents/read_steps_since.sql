-- The steps of incidents told after a number, as the estimates take them. Index: event_log_pkey; what a server's last look left.
select
  event.seq,
  extract(epoch from event.at)::float8 as at_s,
  course_facts(event.data) as facts
from event_log as event
where event.seq > $after
  and event.name = 'incident'
order by event.seq
limit $limit
