-- The ground of planned outages, transformer by transformer, with when each part of it ends. Index: planned_ground_pkey; some
-- hundred rows an outage.
select
  planned_ground.planned_outage_id,
  planned_ground.transformer_id,
  coalesce(transformer.name, planned_ground.transformer_id) as name,
  planned_ground.customers,
  planned_ground.critical,
  coalesce(planned_ground.ends_at, planned_outage.ends_at) as ends_at,
  planned_ground.back_at
from planned_ground
join planned_outage
  on planned_outage.id = planned_ground.planned_outage_id
left join transformer
  on transformer.id = planned_ground.transformer_id
where planned_ground.planned_outage_id = any ($ids::text[])
order by planned_ground.planned_outage_id, planned_ground.customers desc, planned_ground.transformer_id
