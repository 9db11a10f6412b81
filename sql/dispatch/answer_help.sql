-- Answers requests for help that are still open: one by id, or all of an incident. Indices: help_request_pkey,
-- help_request_incident; a row or two.
update help_request
set
  answered_at = $at,
  answered_by = $by
where help_request.answered_at is null
  and ($id::text is null or help_request.id = $id)
  and ($incident_id::text is null or help_request.incident_id = $incident_id)
returning help_request.assignment_id
