-- Planned work of the next five weeks with what its ground is called and where it lies. Index: planned_outage_time,
-- planned_ground_pkey; at most 1,000 rows, read once in a while for all askers.
select
  planned_outage.id,
  planned_outage.state,
  coalesce(planned_outage.started_at, planned_outage.starts_at) as starts_at,
  planned_outage.ends_at,
  planned_outage.reason,
  ground.district,
  ground.customers,
  ground.places,
  ground.points
from planned_outage
cross join lateral (
  select
    sum(planned_ground.customers)::integer as customers,
    (array_agg(district.name order by planned_ground.customers desc))[1] as district,
    array_agg(transformer.name order by planned_ground.customers desc, transformer.id) as places,
    jsonb_agg(jsonb_build_array(st_x(transformer.geom), st_y(transformer.geom))) as points
  from planned_ground
  join transformer
    on transformer.id = planned_ground.transformer_id
  left join district
    on district.code = transformer.district_code
  where planned_ground.planned_outage_id = planned_outage.id
    and planned_ground.back_at is null
) as ground
where planned_outage.state in ('announced', 'started')
  and planned_outage.ends_at > $at::timestamptz - interval '12 hours'
  and planned_outage.starts_at < $at::timestamptz + interval '35 days'
  and ground.customers is not null
order by planned_outage.starts_at, planned_outage.id
limit 1000
