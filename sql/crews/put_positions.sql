-- Keeps a track, one row an instant; what is there already is left. Index: crew_position_pkey; up to 5,000 rows.
insert into crew_position (crew_id, at, accuracy_m, speed_mps, heading, source, geom)
select
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
on conflict (crew_id, at) do nothing
