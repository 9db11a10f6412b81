-- Notes that a restoration is verified, unless somebody else did so first. Index: incident_pkey; one row, or none for the loser.
update incident
set
  verified_at = $now,
  verified_by = $verified_by,
  version = incident.version + 1,
  updated_at = $now
where incident.id = $id
  and incident.status in ('restored', 'closed')
  and incident.verified_at is null
