-- Planned outages from a week ago on as the public may see them: what the ground is called, where it lies, how many customers
-- are served there. Index: planned_outage_time for the open ones; at most 2,000 rows, each with some transformers.
select
  planned_outage.id,
  planned_outage.starts_at,
  planned_outage.ends_at,
  planned_outage.reason,
  planned_outage.state,
  ground.places,
  ground.district,
  ground.customers,
  ground.shape
from planned_outage
cross join lateral (
  select
    coalesce(array_agg(transformer.name order by transformer.name), '{}') as places,
    (array_agg(district.name order by transformer.customers desc))[1] as district,
    coalesce(sum(transformer.customers), 0)::integer as customers,
    st_asgeojson(st_simplifypreservetopology(st_union(area.geom), 0.0001), 5)::jsonb as shape
  from transformer
  left join area
    on area.transformer_id = transformer.id
  left join district
    on district.code = transformer.district_code
  where transformer.id in (
    select planned_ground.transformer_id
    from planned_ground
    where planned_ground.planned_outage_id = planned_outage.id
  )
) as ground
where planned_outage.ends_at > $at::timestamptz - interval '7 days'
  and planned_outage.state <> 'joined'
order by planned_outage.starts_at, planned_outage.id
limit 2000
