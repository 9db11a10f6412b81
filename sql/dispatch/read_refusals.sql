-- Who has refused, or not answered, which open incident. Indices: incident_status_started, assignment_incident; a few
-- hundred rows.
select
  assignment.incident_id,
  assignment.crew_id
from incident
join assignment
  on assignment.incident_id = incident.id
  and assignment.status in ('declined', 'expired')
where incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
