-- The question: from which places are the network's undrawn areas derived? From its service points; customers of one
-- transformer in one square of 1/$grain of a degree (one building) shape the same border, so one of them is enough; of two transformers
-- at one place the first counts. Without any located point, the transformer's own place. 1.1 million rows at city scale.
create temporary table area_site on commit drop as
with wanted as (
  select transformer.id, transformer.geom
  from transformer
  left join area on area.transformer_id = transformer.id
  where transformer.network_id = $network_id and transformer.customers > 0 and coalesce(area.derived, true)
),
located as (
  select distinct on (wanted.id, floor(st_x(point.geom) * $grain::double precision), floor(st_y(point.geom) * $grain::double precision))
    wanted.id as transformer_id, point.geom
  from wanted
  join service_point as point on point.transformer_id = wanted.id
  where point.geom is not null
  order by wanted.id, floor(st_x(point.geom) * $grain::double precision), floor(st_y(point.geom) * $grain::double precision), point.id
),
place as (
  select transformer_id, geom from located
  union all
  select id, geom from wanted where not exists (select from located where located.transformer_id = wanted.id)
)
select distinct on (place.geom)
  place.transformer_id,
  st_setsrid(st_affine(place.geom, lon_m, 0, 0, lat_m, -lon * lon_m, -lat * lat_m), 0) as geom
from place
cross join area_frame
order by place.geom, place.transformer_id;
