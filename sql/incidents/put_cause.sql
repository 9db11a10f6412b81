-- Notes the cause that was found. Index: incident_pkey; one row.
update incident
set
  cause = $cause,
  cause_note = $note,
  cause_code = $code,
  version = incident.version + 1,
  updated_at = $now
where incident.id = $id
