-- Puts a confirmed device to an incident, as a crew, a dispatcher or telemetry says. Index: incident_pkey; one row.
update incident
set
  status = case when incident.status = 'partly_restored' then incident.status else 'confirmed' end,
  confirmed_at = coalesce(incident.confirmed_at, $now::timestamptz),
  equipment_id = $equipment_id,
  equipment_kind = $equipment_kind,
  transformer_ids = $transformer_ids::text[],
  probability = 1,
  rivals = '[]',
  next_check = null,
  version = incident.version + 1,
  updated_at = $now
where incident.id = $id
