-- What the supply of one household hangs on: its manager, the incident that it is out by, who behind the same transformer has supply,
-- and crews that are busy where more are out. Index: service_point_pkey, interruption_one_open, planned_ground_transformer, interruption_open_transformer,
-- incident_status_started, assignment_one_lead_per_incident; one row.
select
  grid.manager_name,
  grid.manager_phone,
  grid.name as grid_name,
  out_by.equipment_kind,
  out_by.status as incident_status,
  out_by.crew is not null as has_crew,
  transformer.id as transformer_id,
  transformer.customers as transformer_customers,
  (
    select count(*)::integer
    from interruption
    where interruption.transformer_id = transformer.id
      and interruption.ended_at is null
  ) as transformer_out,
  busy.crews as busier_crews,
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
  select count(*)::integer as crews
  from incident as other
  join assignment
    on assignment.incident_id = other.id
    and assignment.role = 'lead'
    and assignment.status in ('accepted', 'en_route', 'on_site')
  where out_by.id is not null
    and other.id <> out_by.id
    and other.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
    and other.district_code is not distinct from out_by.district_code
    and (
      other.hazard
      or (other.critical_customers, other.customers_out) > (out_by.critical_customers, out_by.customers_out)
    )
) as busy
where service_point.id = $service_point_id
