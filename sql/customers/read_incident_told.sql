-- What an incident's customers are told of it as a whole, but for hazards and what was withdrawn. Index: incident_pkey,
-- assignment_one_lead_per_incident; one row or none.
select
  case when incident.status = 'closed' then 'restored' else incident.status end as status,
  incident.started_at,
  incident.restored_at,
  incident.verified_at is not null as verified,
  incident.estimate_at,
  incident.estimate_low,
  incident.estimate_high,
  incident.updated_at,
  crew.status as crew,
  crew.arrives_at as crew_arrives_at,
  coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as timezone
from incident
left join newest_lead(incident.id) as crew on true
where incident.id = $incident_id
  and not incident.hazard
  and incident.status <> 'cancelled'
