-- The districts of one tile as a vector tile of one layer. Inputs: z, x, y. Index and rows: see tiled_districts().
select st_asmvt(feature, 'districts', 4096, 'geom') as tile
from (
  select code, name, kind, st_asmvtgeom(st_transform(geom, 3857), st_tileenvelope($z, $x, $y)) as geom
  from tiled_districts($z, $x, $y)
) as feature
where feature.geom is not null
