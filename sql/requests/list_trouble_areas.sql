-- Areas that keep failing or keep complaining: three incidents, or two complaints, and more; those with trouble in the most months
-- first, so that one bad day does not outweigh a year. Months are the network's. Index: incident_started, request_received; one pass
-- over a period's incidents, up to $limit rows.
with clock as (
  select coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as timezone
),
trouble as (
  select
    area.transformer_id,
    to_char(incident.started_at at time zone clock.timezone, 'YYYY-MM') as month,
    1 as incidents,
    0 as requests
  from incident
  cross join clock
  cross join lateral unnest(incident.transformer_ids) as area (transformer_id)
  where incident.started_at >= $since
    and incident.status <> 'cancelled'
    and not incident.hazard
  union all
  select
    service_point.transformer_id,
    to_char(request.received_at at time zone clock.timezone, 'YYYY-MM'),
    0,
    1
  from request
  cross join clock
  join service_point on service_point.id = request.service_point_id
  where request.received_at >= $since
    and request.kind = 'complaint'
),
by_month as (
  select
    trouble.transformer_id,
    trouble.month,
    sum(trouble.incidents)::integer as incidents,
    sum(trouble.requests)::integer as requests
  from trouble
  group by trouble.transformer_id, trouble.month
),
by_area as (
  select
    by_month.transformer_id,
    sum(by_month.incidents)::integer as incidents,
    sum(by_month.requests)::integer as requests,
    jsonb_agg(
      jsonb_build_object('month', by_month.month, 'incidents', by_month.incidents, 'requests', by_month.requests)
      order by by_month.month
    ) as months
  from by_month
  group by by_month.transformer_id
  having sum(by_month.incidents) >= 3
    or sum(by_month.requests) >= 2
)
select
  transformer.id as transformer_id,
  transformer.name,
  st_x(transformer.geom) as lon,
  st_y(transformer.geom) as lat,
  by_area.incidents,
  by_area.requests,
  by_area.months
from by_area
join transformer on transformer.id = by_area.transformer_id
order by jsonb_array_length(by_area.months) desc, by_area.incidents + 2 * by_area.requests desc, transformer.id
limit $limit
