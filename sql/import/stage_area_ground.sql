-- The question: how far does the supplied ground reach? Round each transformer's places, $reach_m beyond the hull of those
-- that lie together (a place four times as far from the middle as most has a ground of its own, not a bridge to it);
-- holes smaller than $hole_m2 are filled; what the utility drew is left out, and nothing lies outside the network's districts.
create temporary table area_ground on commit drop as
with middle as (
  select transformer_id,
    st_makepoint(
      percentile_cont(0.5) within group (order by st_x(geom)), percentile_cont(0.5) within group (order by st_y(geom))
    ) as geom
  from area_site
  group by transformer_id
),
spread as (
  select transformer_id, area_site.geom, st_distance(area_site.geom, middle.geom) as from_middle_m
  from area_site
  join middle using (transformer_id)
),
reach as (
  select transformer_id, 100 + 4 * percentile_cont(0.75) within group (order by from_middle_m) as limit_m
  from spread
  group by transformer_id
),
patch as (
  select st_buffer(st_convexhull(st_collect(geom)), $reach_m::double precision, 3) as geom
  from spread
  join reach using (transformer_id)
  group by transformer_id, case when from_middle_m <= limit_m then '' else st_astext(geom) end
),
whole as (select (st_dump(st_union(geom))).geom from patch),
filled as (
  select st_union(st_makepolygon(
    st_exteriorring(whole.geom),
    array(
      select st_exteriorring(hole.geom) from st_dumprings(whole.geom) as hole
      where hole.path[1] > 0 and st_area(hole.geom) >= $hole_m2::double precision
    )
  )) as geom
  from whole
),
bound as (
  select st_setsrid(st_affine(st_union(district.geom), max(lon_m), 0, 0, max(lat_m), -max(lon * lon_m), -max(lat * lat_m)), 0) as geom
  from district cross join area_frame
  where district.network_id = $network_id
),
drawn as (
  select st_setsrid(st_affine(st_union(area.geom), max(lon_m), 0, 0, max(lat_m), -max(lon * lon_m), -max(lat * lat_m)), 0) as geom
  from area join transformer on transformer.id = area.transformer_id cross join area_frame
  where transformer.network_id = $network_id and not area.derived
),
clipped as (
  select case when bound.geom is null then filled.geom else st_intersection(filled.geom, bound.geom) end as geom
  from filled cross join bound
)
select st_subdivide(st_collectionextract(
  case when drawn.geom is null then clipped.geom else st_difference(clipped.geom, drawn.geom) end, 3), 128) as geom
from clipped cross join drawn;
