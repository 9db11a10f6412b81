-- Transformer areas of a tile, from zoom 7. Fewer than five customers are not told: tiles are for everyone.
-- Index area_geom; 30,000 rows where a whole city lies in one tile, a few hundred from zoom 12.
create or replace function tiled_areas(z integer, x integer, y integer)
  returns table (transformer_id text, name text, feeder_id text, customers integer, geom geometry)
  language sql
  stable
  parallel safe
as $$
  select
    area.transformer_id,
    transformer.name,
    transformer.feeder_id,
    case when transformer.customers >= 5 then transformer.customers end,
    st_simplify(area.geom, tile_grain(z, 4), true)
  from area
  join transformer on transformer.id = area.transformer_id
  where z >= 7
    and area.geom && tile_ground(z, x, y)
$$;
