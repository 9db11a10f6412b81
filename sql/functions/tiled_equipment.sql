-- Equipment of a tile: lines from zoom 10 as lines, from zoom 13 switching devices too, each as a point in its middle.
-- Index equipment_geom; some thousand rows at zoom 12 over a city.
create or replace function tiled_equipment(z integer, x integer, y integer)
  returns table (id text, kind text, feeder_id text, name text, telemetered boolean, normal_state text, geom geometry)
  language sql
  stable
  parallel safe
as $$
  select
    equipment.id,
    equipment.kind,
    equipment.feeder_id,
    equipment.name,
    equipment.telemetered,
    equipment.normal_state,
    case
      when equipment.kind = 'line' then st_simplify(equipment.geom, tile_grain(z, 4), true)
      else st_lineinterpolatepoint(equipment.geom, 0.5)
    end
  from equipment
  where z >= case when equipment.kind = 'line' then 10 else 13 end
    and equipment.geom && tile_ground(z, x, y)
$$;
