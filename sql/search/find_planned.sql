-- Planned outages that are still to come or at work: by id or reason, or by the transformers that they leave without supply. Indices:
-- planned_outage_time, transformer_address, planned_ground_transformer; some hundreds are to come; $limit rows.
with named as (
  select transformer.id
  from transformer
  where transformer.id = $words
    or (length(fold_address($words)) >= 2 and transformer.address_key like '%' || fold_address($words) || '%')
  limit 50
)
select
  'planned' as kind,
  planned_outage.id,
  coalesce(planned_outage.reason, planned_outage.id) as title,
  concat_ws(' · ', planned_outage.id, nullif(array_to_string(planned_outage.equipment_ids, ' '), '')) as detail,
  planned_outage.state,
  null::text as incident_id,
  planned_outage.starts_at as at,
  null::double precision as lon,
  null::double precision as lat,
  case when planned_outage.id = $words then 3.0 when planned_outage.reason like $begins then 1.3 else 0.9 end::real as rank
from planned_outage
where planned_outage.state in ('announced', 'started')
  and (
    planned_outage.id = $words
    or planned_outage.reason ilike '%' || $begins
    or $words = any (planned_outage.equipment_ids)
    or exists (
      select from planned_ground
      join named
        on named.id = planned_ground.transformer_id
      where planned_ground.planned_outage_id = planned_outage.id
        and planned_ground.back_at is null
    )
  )
order by rank desc, planned_outage.starts_at
limit $limit
