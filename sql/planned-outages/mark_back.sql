-- Supply is back on part of a planned outage's ground, or on all of it. Index: planned_ground_pkey; answers where.
update planned_ground
set back_at = $at::timestamptz
where planned_ground.planned_outage_id = $id
  and planned_ground.back_at is null
  and ($transformers::text[] is null or planned_ground.transformer_id = any ($transformers))
returning planned_ground.transformer_id
