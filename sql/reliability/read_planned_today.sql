-- Planned work that goes on or begins within 24 hours, soonest first, with where it is and whom it concerns. Index:
-- planned_outage_time, planned_ground_pkey; at most $limit rows.
select jsonb_build_object(
  'id', planned_outage.id,
  'starts_at', planned_outage.starts_at,
  'ends_at', planned_outage.ends_at,
  'running', planned_outage.state = 'started' or planned_outage.starts_at <= $at::timestamptz,
  'reason', planned_outage.reason,
  'customers', ground.customers,
  'location', jsonb_build_object('lon', ground.lon, 'lat', ground.lat)
) as planned
from planned_outage
cross join lateral (
  select
    sum(planned_ground.customers)::integer as customers,
    avg(st_x(transformer.geom)) as lon,
    avg(st_y(transformer.geom)) as lat
  from planned_ground
  join transformer
    on transformer.id = planned_ground.transformer_id
  where planned_ground.planned_outage_id = planned_outage.id
    and planned_ground.back_at is null
) as ground
where planned_outage.state in ('announced', 'started')
  and (planned_outage.state = 'started' or planned_outage.ends_at > $at::timestamptz)
  and planned_outage.starts_at < $at::timestamptz + interval '24 hours'
  and ground.customers is not null
order by planned_outage.starts_at, planned_outage.id
limit $limit::integer
