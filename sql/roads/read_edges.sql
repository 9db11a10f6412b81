-- Which stretches of road are there? One page of them, in the order they were stored.
-- In: after_id, the id of the last row of the page before (0 for the first); page_rows.
-- Index: the primary key. Rows: 400,000 for a city, read in pages once at start and after an import.
select
  id,
  network_id,
  from_node,
  to_node,
  length_m,
  time_s,
  oneway,
  st_asbinary(geom, 'NDR') as line
from road_edge
where id > $after_id::bigint
order by id
limit $page_rows
