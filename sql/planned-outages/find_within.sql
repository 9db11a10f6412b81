-- The transformers that stand within what was drawn. Index: transformer_geom; at most $limit rows.
select transformer.id
from transformer
where st_intersects(transformer.geom, st_setsrid(st_geomfromgeojson($polygon), 4326))
order by transformer.id
limit $limit
