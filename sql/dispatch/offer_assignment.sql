-- Offers an incident to a crew; no row tells the loser of a race. The unique indices settle it: one active assignment a crew,
-- one lead an incident.
insert into assignment
  (id, incident_id, crew_id, role, offered_by, offered_at, answer_by, travel_s, distance_m, method, crosses_boundary, promised_at, arrives_at, route,
   home_arrives_at, customers_at_offer, plan_id, handed_from, way_version)
values (
  $id, $incident_id, $crew_id, $role, $offered_by, $now, $answer_by, $travel_s, $distance_m, $method, $crosses_boundary,
  $promised_at, $arrives_at, $route::jsonb, $home_arrives_at, $customers_at_offer, $plan_id, $handed_from, road_version()
)
on conflict do nothing
