-- The water of one tile as a vector tile of one layer. Inputs: z, x, y. Index and rows: see tiled_water().
select st_asmvt(feature, 'water', 4096, 'geom') as tile
from (
  select id, name, st_asmvtgeom(st_transform(geom, 3857), st_tileenvelope($z, $x, $y)) as geom
  from tiled_water($z, $x, $y)
) as feature
where feature.geom is not null
