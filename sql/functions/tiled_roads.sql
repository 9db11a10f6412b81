-- Roads of a tile: trunk roads from zoom 7, main roads from 10, every road from 12 but the ways without a class of their
-- own, which come at 14. Index road_edge_geom; some thousand rows at zoom 12 over a city.
create or replace function tiled_roads(z integer, x integer, y integer)
  returns table (id bigint, class text, name text, geom geometry)
  language sql
  stable
  parallel safe
as $$
  select road.id, road.class, road.name, st_simplify(road.geom, tile_grain(z, 4), true)
  from road_edge as road
  where z >= case
      when road.class in ('motorway', 'trunk', 'primary', 'arterial', 'motorway_link', 'trunk_link', 'primary_link') then 7
      when road.class in ('secondary', 'tertiary', 'secondary_link', 'tertiary_link', 'collector', 'main') then 10
      when road.class in ('service', 'track', 'path', 'footway', 'cycleway') then 14
      else 12
    end
    and road.geom && tile_ground(z, x, y)
$$;
