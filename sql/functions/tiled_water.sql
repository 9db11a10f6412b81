-- Rivers and lakes of a tile, from zoom 6. Index ground_water_geom; up to some hundred rows.
create or replace function tiled_water(z integer, x integer, y integer)
  returns table (id text, name text, geom geometry)
  language sql
  stable
  parallel safe
as $$
  select water.id, water.name, st_simplify(water.geom, tile_grain(z, 4))
  from ground_water as water
  where z >= 6
    and water.geom && tile_ground(z, x, y)
$$;
