-- The roads of one tile as a vector tile of one layer. Inputs: z, x, y. Index and rows: see tiled_roads().
select st_asmvt(feature, 'roads', 4096, 'geom') as tile
from (
  select id, class, name, st_asmvtgeom(st_transform(geom, 3857), st_tileenvelope($z, $x, $y)) as geom
  from tiled_roads($z, $x, $y)
) as feature
where feature.geom is not null
