-- The districts of one tile row by row, for a database without ST_AsMVT. Inputs: z, x, y. Index and rows: see tiled_districts().
select to_jsonb(feature) - 'geom' as properties, st_asgeojson(feature.geom, 7)::jsonb as geometry
from tiled_districts($z, $x, $y) as feature
