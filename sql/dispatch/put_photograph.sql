-- Keeps a picture; no row where the assignment has as many as it may have. Index: photograph_assignment; one row.
insert into photograph (id, assignment_id, incident_id, crew_id, taken_at, received_at, media_type, picture)
select $id, assignment.id, assignment.incident_id, assignment.crew_id, $taken_at, $received_at, $media_type, $picture::bytea
from assignment
where assignment.id = $assignment_id
  and (select count(*) from photograph where photograph.assignment_id = $assignment_id) < $most::integer
