-- The question: do all customers of a transformer lie in one district and one grid? Then nobody has to look them up one by one,
-- which at 1.8 million rows is most of the work. Sure where the box around them meets the pieces of one district only and one
-- piece covers it, or meets none; two GiST look-ups a transformer.
create temporary table transformer_ground on commit drop as
with box as (
  select transformer_id, st_envelope(st_setsrid(st_extent(st_makepoint(lon, lat))::geometry, 4326)) as geom
  from staged_service_point
  where lon is not null
  group by transformer_id
)
select
  box.transformer_id,
  in_district.codes = 0 or (in_district.codes = 1 and in_district.is_covered) as district_is_sure,
  in_district.code as district_code,
  in_grid.ids = 0 or (in_grid.ids = 1 and in_grid.is_covered) as grid_is_sure,
  in_grid.id as grid_id
from box
cross join lateral (
  select count(distinct code) as codes, min(code) as code, bool_or(st_covers(piece.geom, box.geom)) as is_covered
  from district_piece as piece
  where st_intersects(piece.geom, box.geom)
) as in_district
cross join lateral (
  select count(distinct id) as ids, min(id) as id, bool_or(st_covers(piece.geom, box.geom)) as is_covered
  from grid_piece as piece
  where st_intersects(piece.geom, box.geom)
) as in_grid;
