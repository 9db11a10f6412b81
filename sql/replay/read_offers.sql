-- The offers that wait for a crew's answer, with the way to drive. Index: assignment_one_active_per_crew; some hundred rows.
select
  assignment.id,
  assignment.crew_id,
  assignment.incident_id,
  assignment.travel_s,
  assignment.route
from assignment
where assignment.status = 'offered'
order by assignment.id
