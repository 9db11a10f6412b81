-- Moves an inferred incident to the device that now explains its evidence best. Index: incident_pkey; one row.
-- Prepared.
update incident
set
  status = $status,
  equipment_id = $equipment_id,
  equipment_kind = $equipment_kind,
  feeder_id = transformer.feeder_id,
  district_code = transformer.district_code,
  transformer_ids = $transformer_ids::text[],
  probability = $probability,
  rivals = $rivals::jsonb,
  receipts = $receipts::jsonb,
  next_check = nullif($next_check::jsonb, 'null'),
  started_at = least(incident.started_at, $started_at::timestamptz),
  confirmed_at = case when $status = 'confirmed' then coalesce(incident.confirmed_at, $now::timestamptz) end,
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
  and incident.status in ('suspected', 'probable', 'confirmed')
