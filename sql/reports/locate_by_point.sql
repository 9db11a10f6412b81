-- The area around a point, or the nearest ones within reach; metres by geography. Index: area_geom; at most 5 rows.
with place as (
  select st_setsrid(st_makepoint($lon, $lat), 4326) as geom
),
near as (
  select
    area.transformer_id,
    st_distance(area.geom::geography, place.geom::geography) as distance_m
  from area, place
  where st_dwithin(area.geom, place.geom, $reach_m::float8 / 80000.0)
  order by area.geom <-> place.geom
  limit 20
)
select
  near.transformer_id,
  transformer.name as label,
  near.distance_m,
  st_distance(transformer.geom::geography, place.geom::geography) as transformer_m
from near
cross join place
join transformer
  on transformer.id = near.transformer_id
where near.distance_m <= $reach_m
order by near.distance_m, transformer_m
limit 5
