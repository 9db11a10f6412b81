-- Keeps a track, one row an instant. Of two places said of one instant the more exact stays, then the western, then the southern
-- one: any rule will do that does not ask which came first. Index: crew_position_pkey; up to 5,000 rows.
insert into crew_position (crew_id, at, accuracy_m, speed_mps, heading, source, geom)
select distinct on (given.at)
  $crew_id,
  given.at,
  given.accuracy_m,
  given.speed_mps,
  given.heading,
  $source,
  st_setsrid(st_makepoint(given.lon, given.lat), 4326)
from jsonb_to_recordset($positions::jsonb) as given (
  at timestamptz,
  lon float8,
  lat float8,
  accuracy_m real,
  speed_mps real,
  heading real
)
order by given.at, coalesce(given.accuracy_m, 'infinity'), given.lon, given.lat
on conflict (crew_id, at) do update
set
  accuracy_m = excluded.accuracy_m,
  speed_mps = excluded.speed_mps,
  heading = excluded.heading,
  source = excluded.source,
  geom = excluded.geom
where
  (coalesce(excluded.accuracy_m, 'infinity'), st_x(excluded.geom), st_y(excluded.geom))
  < (coalesce(crew_position.accuracy_m, 'infinity'), st_x(crew_position.geom), st_y(crew_position.geom))
