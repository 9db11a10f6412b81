-- Ends the jobs of crews on an incident that is none. Index: assignment_incident; a handful of rows.
update assignment
set
  status = 'withdrawn',
  ended_at = $now,
  reason = $reason
where assignment.incident_id = $id
  and assignment.status in ('offered', 'accepted', 'en_route', 'on_site')
returning assignment.id
