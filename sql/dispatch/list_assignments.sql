-- Assignments, newest first, by crew and by whether they are still active, from where a page left off. Index: assignment_offered;
-- a page.
select
  assignment_view(assignment) as view,
  assignment.route
from assignment
where ($crew_id::text is null or assignment.crew_id = $crew_id)
  and ($incident_id::text is null or assignment.incident_id = $incident_id)
  and (not $active::boolean or assignment.status in ('offered', 'accepted', 'en_route', 'on_site'))
  and (
    $before::timestamptz is null
    or (assignment.offered_at, assignment.id) < ($before::timestamptz, $before_id::text)
  )
order by assignment.offered_at desc, assignment.id desc
limit $limit
