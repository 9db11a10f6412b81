-- Planned work that goes on or begins within 24 hours, soonest first, with where it is and whom it concerns; in each row, how many works
-- there are in all, and whose supply those that go on have taken together: an area that two of them take counts once. Index:
-- planned_outage_time, planned_ground_pkey; at most $limit rows.
with work as (
  select
    planned_outage.*,
    planned_outage.state = 'started' or planned_outage.starts_at <= $at::timestamptz as running,
    ground.customers,
    ground.lon,
    ground.lat
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
),
taken as (
  select max(planned_ground.customers) as customers
  from work
  join planned_ground
    on planned_ground.planned_outage_id = work.id
  where work.running
    and planned_ground.back_at is null
  group by planned_ground.transformer_id
)
select
  jsonb_build_object(
    'id', work.id,
    'starts_at', work.starts_at,
    'ends_at', work.ends_at,
    'running', work.running,
    'reason', work.reason,
    'customers', work.customers,
    'location', jsonb_build_object('lon', work.lon, 'lat', work.lat)
  ) as planned,
  (select count(*)::integer from work) as works,
  (select coalesce(sum(taken.customers), 0)::integer from taken) as customers_out
from work
order by work.starts_at, work.id
limit $limit::integer
