-- The ground of some transformers as one shape, rounded to about ten metres. Index: area_pkey; one row, its shape null
-- where none of them has an area.
select st_asgeojson(st_simplifypreservetopology(st_union(area.geom), 0.0001), 5)::jsonb as shape
from area
where area.transformer_id = any ($transformer_ids::text[])
