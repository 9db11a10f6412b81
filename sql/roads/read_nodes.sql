-- Which road junctions are there? One page of them, in the order of their key.
-- In: after_network and after_node, the key of the last row of the page before (-1 and '' for the first); page_rows.
-- Index: the primary key. Rows: 200,000 for a city, read in pages once at start and after an import.
select
  network_id,
  node,
  st_x(geom) as lon,
  st_y(geom) as lat
from road_node
where (network_id, node) > ($after_network::smallint, $after_node::text)
order by network_id, node
limit $page_rows
