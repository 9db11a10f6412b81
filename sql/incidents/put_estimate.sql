-- Notes when supply is expected back, with the interval and who says so. Index: incident_pkey; one row. Prepared.
update incident
set
  estimate_at = $at,
  estimate_low = $low,
  estimate_high = $high,
  estimate_source = $source,
  version = incident.version + 1,
  updated_at = $now
where incident.id = $id
