-- The incident a crew is sought for, with the skills that the crew there asks for while its call is open. Indices:
-- incident_pkey, help_request_incident; one row.
select
  incident.id,
  incident.status,
  incident.hazard,
  incident.equipment_kind,
  incident.district_code,
  district.name as district_name,
  district.kind as district_kind,
  incident.started_at,
  arrival_promised_at(incident) as promised_at,
  incident.customers_out,
  incident.critical_customers,
  array(
    select distinct unnest(help_request.skills)
    from help_request
    where help_request.incident_id = incident.id
      and help_request.answered_at is null
    order by 1
  ) as skills_wanted,
  st_x(incident.geom) as lon,
  st_y(incident.geom) as lat
from incident
left join district
  on district.code = incident.district_code
where incident.id = $id
