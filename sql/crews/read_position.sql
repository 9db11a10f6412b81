-- Where a crew was last known to be, locked for the batch that follows. Index: crew_pkey; one row.
select
  crew.id,
  st_x(crew.geom) as lon,
  st_y(crew.geom) as lat,
  crew.position_at
from crew
where crew.id = $id
for update
