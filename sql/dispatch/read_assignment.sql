-- One assignment with what its crew needs on the way. Index: assignment_pkey; one row.
select
  assignment_view(assignment) as view,
  assignment.route,
  assignment.offered_by,
  greatest(assignment.offered_at, assignment.accepted_at, assignment.departed_at, assignment.arrived_at) as last_at
from assignment
where assignment.id = $id
