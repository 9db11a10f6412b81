-- Opens an incident at its device: there it stands on the map, and in the district of its first transformer. Prepared.
insert into incident
  (id, status, hazard, equipment_id, equipment_kind, feeder_id, section, network_id, district_code, transformer_ids, probability,
   rivals, receipts, next_check, started_at, confirmed_at, parent_id, call_taker, cause, geom)
select
  $id,
  $status,
  $hazard,
  $equipment_id,
  $equipment_kind,
  transformer.feeder_id,
  $section,
  transformer.network_id,
  transformer.district_code,
  $transformer_ids::text[],
  $probability,
  $rivals::jsonb,
  $receipts::jsonb,
  $next_check::jsonb,
  $started_at,
  case when $status = 'confirmed' then $now::timestamptz end,
  $parent_id,
  $call_taker,
  $cause,
  coalesce(
    (select st_lineinterpolatepoint(equipment.geom, 0.5) from equipment where equipment.id = $equipment_id),
    (select service_point.geom from service_point where service_point.id = $equipment_id),
    (select lv_equipment.geom from lv_equipment where lv_equipment.id = $equipment_id),
    transformer.geom
  )
from transformer
where transformer.id = ($transformer_ids::text[])[1]
