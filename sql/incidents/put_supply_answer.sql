-- Keeps the newest answer of a customer to whether supply is back. Index: supply_answer_pkey; one row.
insert into supply_answer (incident_id, service_point_id, at, has_supply, said_by)
values ($incident_id, $service_point_id, $at, $has_supply, $said_by)
on conflict (incident_id, service_point_id) do update
set
  at = excluded.at,
  has_supply = excluded.has_supply,
  said_by = excluded.said_by
where supply_answer.at <= excluded.at
