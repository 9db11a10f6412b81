-- Which stretches are closed now?
-- Index: road_closure_open. Rows: a few, a few hundred in a flood.
select
  id,
  st_asgeojson(geom, 7)::json as shape,
  reason,
  closed_by,
  closed_at
from road_closure
where lifted_at is null
order by closed_at, id
