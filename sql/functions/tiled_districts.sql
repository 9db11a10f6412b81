-- Districts that touch a tile, simplified to a quarter of a pixel. Index district_geom; a dozen rows.
create or replace function tiled_districts(z integer, x integer, y integer)
  returns table (code text, name text, kind text, geom geometry)
  language sql
  stable
  parallel safe
as $$
  select district.code, district.name, district.kind, st_simplify(district.geom, tile_grain(z, 4), true)
  from district
  where district.geom && tile_ground(z, x, y)
$$;
