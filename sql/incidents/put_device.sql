-- Puts a confirmed device to an incident, as a crew, a dispatcher or telemetry says, and the incident to where that device is.
-- Index: incident_pkey; one row.
update incident
set
  status = case when incident.status = 'partly_restored' then incident.status else 'confirmed' end,
  confirmed_at = coalesce(incident.confirmed_at, $now::timestamptz),
  equipment_id = $equipment_id,
  equipment_kind = $equipment_kind,
  transformer_ids = $transformer_ids::text[],
  feeder_id = transformer.feeder_id,
  district_code = transformer.district_code,
  probability = 1,
  rivals = '[]',
  next_check = null,
  receipts = case when incident.equipment_id = $equipment_id then incident.receipts else '[]' end,
  version = incident.version + 1,
  updated_at = $now,
  geom = coalesce(
    (select st_lineinterpolatepoint(equipment.geom, 0.5) from equipment where equipment.id = $equipment_id),
    (select service_point.geom from service_point where service_point.id = $equipment_id),
    (select lv_equipment.geom from lv_equipment where lv_equipment.id = $equipment_id),
    transformer.geom
  )
from transformer
where incident.id = $id
  and transformer.id = ($transformer_ids::text[])[1]
