-- Where each transformer stands, to lay a storm onto the network. Sequential; 30,000 rows at city scale.
select
  transformer.id,
  st_x(transformer.geom) as lon,
  st_y(transformer.geom) as lat
from transformer
order by transformer.id
