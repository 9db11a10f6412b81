-- Gives an assignment its way again; no row where its crew has gone a step further meanwhile, or another server was first.
-- Index: assignment_pkey; one row.
update assignment
set
  travel_s = $travel_s,
  distance_m = $distance_m,
  method = $method,
  arrives_at = $arrives_at,
  route = $route::jsonb,
  way_version = $version
where id = $id
  and status = $status
  and way_version is distinct from $version
