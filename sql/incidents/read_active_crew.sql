-- A crew still at work on an incident. Index: assignment_incident; one row or none.
select assignment.crew_id
from assignment
where assignment.incident_id = $incident_id
  and assignment.status in ('offered', 'accepted', 'en_route', 'on_site')
limit 1
