-- Every incident that somebody has to drive to, with what a plan weighs. Index: incident_status_started; up to some
-- thousand rows in a storm, those with the most customers first.
select
  incident.id,
  incident.status,
  incident.hazard,
  incident.equipment_kind,
  incident.cause,
  incident.district_code,
  incident.started_at,
  arrival_promised_at(incident) as promised_at,
  incident.customers_out,
  incident.critical_customers,
  incident.transformer_ids,
  incident.feeder_id,
  st_x(incident.geom) as lon,
  st_y(incident.geom) as lat,
  lead.id as lead_id,
  lead.plan_id as lead_plan_id,
  exists (
    select
    from assignment as visit
    where visit.incident_id = incident.id
      and visit.arrived_at is not null
  ) as visited
from incident
left join assignment as lead
  on lead.incident_id = incident.id
  and lead.role = 'lead'
  and lead.status in ('offered', 'accepted', 'en_route', 'on_site')
where incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
order by incident.critical_customers > 0 desc, incident.customers_out desc, incident.id
limit $limit
