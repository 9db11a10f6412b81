-- What was said already of the clocks of open incidents. Indices: clock_incident, incident_status_started; a few rows an incident.
select
  clock.subject_id,
  clock.kind,
  clock.level
from incident
join clock
  on clock.incident_id = incident.id
where incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored', 'restored')
