-- The areas of one tile as a vector tile of one layer. Inputs: z, x, y. Index and rows: see tiled_areas().
select st_asmvt(feature, 'areas', 4096, 'geom') as tile
from (
  select transformer_id, name, feeder_id, customers, st_asmvtgeom(st_transform(geom, 3857), st_tileenvelope($z, $x, $y)) as geom
  from tiled_areas($z, $x, $y)
) as feature
where feature.geom is not null
