-- What is known of an incident when a matter comes up: the status room makes its sentence of it. Index: incident_pkey,
-- assignment_one_lead_per_incident; one row. Prepared.
select
  incident.status as incident_status,
  crew.status as crew_step,
  crew.arrives_at as arrives,
  incident.estimate_at as until,
  incident.estimate_low as low,
  incident.estimate_high as high
from incident
left join lateral (
  select assignment.status, assignment.arrives_at
  from assignment
  where assignment.incident_id = incident.id
    and assignment.role = 'lead'
    and assignment.status in ('accepted', 'en_route', 'on_site')
) as crew on true
where incident.id = $incident_id
