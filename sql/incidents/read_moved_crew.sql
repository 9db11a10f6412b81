-- An assignment and its crew as they stand, in the shapes of their events. Index: assignment_pkey; one row.
select
  assignment_view(assignment) as assignment,
  crew_view(crew, $now) as crew
from assignment
join crew
  on crew.id = assignment.crew_id
where assignment.id = $id
