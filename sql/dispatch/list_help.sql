-- Requests for help, oldest first; only those not answered yet where asked. Index: help_request_open; a page.
select jsonb_build_object(
  'id', help_request.id,
  'assignment_id', help_request.assignment_id,
  'incident_id', help_request.incident_id,
  'crew_id', help_request.crew_id,
  'crew_name', crew.name,
  'asked_at', help_request.asked_at,
  'reason', help_request.reason,
  'skills', to_jsonb(help_request.skills),
  'answered_at', help_request.answered_at,
  'answered_by', help_request.answered_by
) as view
from help_request
join crew
  on crew.id = help_request.crew_id
where (not $open::boolean or help_request.answered_at is null)
  and ($id::text is null or help_request.id = $id)
order by help_request.asked_at
limit 200
