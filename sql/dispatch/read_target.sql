-- The incident a crew is sought for. Index: incident_pkey; one row.
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
  st_x(incident.geom) as lon,
  st_y(incident.geom) as lat
from incident
left join district
  on district.code = incident.district_code
where incident.id = $id
