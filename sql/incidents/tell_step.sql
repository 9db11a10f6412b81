-- Appends a step of an incident to the event log, with the incident as it stands after it. Index: incident_pkey; one row. Prepared.
select
  told.summary,
  append_event('incident', $step, $id, $id, $actor, told.summary) as seq
from (
  select incident_summary(incident) as summary
  from incident
  where incident.id = $id
) as told
