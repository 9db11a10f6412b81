-- The equipment of one tile as a vector tile of one layer. Inputs: z, x, y. Index and rows: see tiled_equipment().
select st_asmvt(feature, 'equipment', 4096, 'geom') as tile
from (
  select id, kind, feeder_id, name, telemetered, normal_state, st_asmvtgeom(st_transform(geom, 3857), st_tileenvelope($z, $x, $y)) as geom
  from tiled_equipment($z, $x, $y)
) as feature
where feature.geom is not null
