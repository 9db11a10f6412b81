-- Clears what was heard on an incident's account: it has been dealt with. Index: evidence_incident.
update evidence
set cleared_at = $at
where evidence.incident_id = $incident_id
  and evidence.cleared_at is null
