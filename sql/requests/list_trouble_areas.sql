-- Areas that keep failing or keep complaining: three incidents, or two requests, and more. Index: incident_started,
-- request_received; one pass over a period's incidents, up to $limit rows.
with failing as (
  select area.transformer_id, count(*)::integer as incidents
  from incident
  cross join lateral unnest(incident.transformer_ids) as area (transformer_id)
  where incident.started_at >= $since
    and incident.status <> 'cancelled'
    and not incident.hazard
  group by area.transformer_id
),
complaining as (
  select service_point.transformer_id, count(*)::integer as requests
  from request
  join service_point on service_point.id = request.service_point_id
  where request.received_at >= $since
    and request.kind = 'complaint'
  group by service_point.transformer_id
)
select
  transformer.id as transformer_id,
  transformer.name,
  st_x(transformer.geom) as lon,
  st_y(transformer.geom) as lat,
  coalesce(failing.incidents, 0) as incidents,
  coalesce(complaining.requests, 0) as requests
from failing
full join complaining on complaining.transformer_id = failing.transformer_id
join transformer on transformer.id = coalesce(failing.transformer_id, complaining.transformer_id)
where failing.incidents >= 3
  or complaining.requests >= 2
order by coalesce(failing.incidents, 0) + 2 * coalesce(complaining.requests, 0) desc, transformer.id
limit $limit
