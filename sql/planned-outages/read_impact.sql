-- What hangs on each transformer: connected customers, what kinds of critical ones, planned outages that it has had or will have in
-- the calendar year of $starts_at but for the given ones. Indices: service_point_transformer, planned_ground_transformer; some
-- hundred rows.
select
  transformer.id as transformer_id,
  transformer.name,
  transformer.kva,
  transformer.feeder_id,
  counted.customers,
  counted.critical,
  (
    select count(*)::integer
    from planned_ground
    join planned_outage
      on planned_outage.id = planned_ground.planned_outage_id
    where planned_ground.transformer_id = transformer.id
      and planned_outage.state in ('announced', 'started', 'ended')
      and planned_outage.notice = 'planned'
      and not planned_outage.id = any ($but::text[])
      and planned_outage.starts_at >= bounds.year_begins
      and planned_outage.starts_at < bounds.year_ends
  ) as planned_this_year
from transformer
cross join (
  select
    date_trunc('year', $starts_at::timestamptz at time zone $timezone) at time zone $timezone as year_begins,
    (date_trunc('year', $starts_at::timestamptz at time zone $timezone) + interval '1 year') at time zone $timezone as year_ends
) as bounds
cross join lateral (
  select
    count(*)::integer as customers,
    coalesce(array_agg(service_point.critical order by service_point.critical) filter (where service_point.critical is not null), '{}') as critical
  from service_point
  where service_point.transformer_id = transformer.id
    and service_point.connection = 'connected'
) as counted
where transformer.id = any ($transformers::text[])
order by counted.customers desc, transformer.id
