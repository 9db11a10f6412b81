-- The areas of one tile row by row, for a database without ST_AsMVT. Inputs: z, x, y. Index and rows: see tiled_areas().
select to_jsonb(feature) - 'geom' as properties, st_asgeojson(feature.geom, 7)::jsonb as geometry
from tiled_areas($z, $x, $y) as feature
