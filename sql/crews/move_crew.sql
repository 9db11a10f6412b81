-- Puts a crew where its newest position says; an older one moves nothing. Index: crew_pkey; one row.
update crew
set
  geom = newest.geom,
  position_at = newest.at,
  heading = newest.heading,
  speed_mps = newest.speed_mps,
  version = crew.version + 1,
  updated_at = now()
from (
  select crew_position.*
  from crew_position
  where crew_position.crew_id = $id
  order by crew_position.at desc
  limit 1
) as newest
where crew.id = $id
  and (crew.position_at is null or newest.at > crew.position_at)
