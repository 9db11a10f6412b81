-- What others did to a subject after the version that somebody looked at, newest first. Index: event_log_incident for an incident,
-- event_log_subject for the others; the subject's own events, of which a storm's incident has some hundreds.
select event.step, event.actor, event.at
from event_log as event
where (
    ($name = 'incident' and event.incident_id = $id and event.name = 'incident' and event.subject_id = $id)
    or ($name <> 'incident' and event.subject_id = $id and event.name = $name and event.name in ('planned', 'request'))
  )
  and event.step = any ($steps::text[])
  and event.actor <> all ($besides::text[])
  and (event.data ->> 'version')::integer > $seen::integer
order by event.seq desc
limit 5
