-- The courses of incidents, step after step as each was told: what was known of it and when. Index: event_log_incident; a
-- storm's incident has some dozens of steps.
select
  event.seq,
  extract(epoch from event.at)::float8 as at_s,
  course_facts(event.data) as facts
from event_log as event
where event.incident_id = any ($ids::text[])
  and event.name = 'incident'
order by event.seq
