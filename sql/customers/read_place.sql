-- What the supply of one household hangs on: its manager, the incident that it is out by, who behind the same transformer is spared
-- by it or has supply by the word of their meter, crews near by that are busy where more are out, whatever their district, its stop in
-- the plan that is kept in force, and the work planned for its transformer. Index: service_point_pkey, service_point_transformer,
-- meter_state_pkey, interruption_point, planned_ground_transformer,
-- incident_status_started, assignment_one_lead_per_incident; one row.
select
  grid.manager_name,
  grid.manager_phone,
  grid.name as grid_name,
  out_by.equipment_kind,
  out_by.status as incident_status,
  out_by.crew is not null as has_crew,
  transformer.id as transformer_id,
  others.spared,
  others.lit_meters,
  busy.about_to_leave,
  busy.on_the_way,
  busy.at_work,
  planned_stop.ahead as stops_ahead,
  planned_stop.arrives_at as planned_at,
  coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as timezone,
  (
    select coalesce(jsonb_agg(to_jsonb(each) order by each.starts_at, each.id), '[]')
    from planned_ahead(transformer.id, $at::timestamptz) as each
  ) as planned
from service_point
join transformer on transformer.id = service_point.transformer_id
left join grid on grid.id = coalesce(service_point.grid_id, transformer.grid_id)
left join lateral (
  select
    incident.*,
    (
      select assignment.crew_id
      from assignment
      where assignment.incident_id = incident.id
        and assignment.role = 'lead'
        and assignment.status in ('accepted', 'en_route', 'on_site')
    ) as crew
  from interruption
  join incident on incident.id = interruption.incident_id
  where interruption.service_point_id = service_point.id
    and interruption.ended_at is null
) as out_by on true
cross join lateral (
  select
    count(*) filter (where not ever.by_it)::integer as spared,
    count(*) filter (where meter.kind = 'power_on' and meter.at >= out_by.started_at)::integer as lit_meters
  from service_point as other
  left join meter_state as meter on meter.service_point_id = other.id
  cross join lateral (
    select
      coalesce(bool_or(interruption.incident_id = out_by.id), false) as by_it,
      coalesce(bool_or(interruption.ended_at is null), false) as is_out
    from interruption
    where interruption.service_point_id = other.id
  ) as ever
  where out_by.id is not null
    and other.transformer_id = service_point.transformer_id
    and not ever.is_out
) as others
cross join lateral (
  select
    count(*) filter (where assignment.status = 'accepted')::integer as about_to_leave,
    count(*) filter (where assignment.status = 'en_route')::integer as on_the_way,
    count(*) filter (where assignment.status = 'on_site')::integer as at_work
  from incident as other
  join assignment
    on assignment.incident_id = other.id
    and assignment.role = 'lead'
    and assignment.status in ('accepted', 'en_route', 'on_site')
  join crew
    on crew.id = assignment.crew_id
  where out_by.id is not null
    and other.id <> out_by.id
    and other.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
    and (
      other.hazard
      or (other.critical_customers, other.customers_out) > (out_by.critical_customers, out_by.customers_out)
    )
    and st_dwithin(crew.geom::geography, coalesce(service_point.geom, transformer.geom)::geography, $near_m::float8)
) as busy
left join lateral (
  select
    (stop.place - 1)::integer as ahead,
    (stop.planned ->> 'arrives_at')::timestamptz as arrives_at
  from standing_plan as standing
  join plan
    on plan.id = standing.plan_id
  cross join lateral jsonb_array_elements(plan.view -> 'crews') as planned_crew
  cross join lateral jsonb_array_elements(planned_crew -> 'stops') with ordinality as stop (planned, place)
  where standing.is_on
    and stop.planned ->> 'incident_id' = out_by.id
  order by stop.planned ->> 'arrives_at'
  limit 1
) as planned_stop on true
where service_point.id = $service_point_id
