-- The incidents of the sections that somebody is without supply by. Told by what they are not: by their states a plan would read
-- all of a storm's. Index: incident_open; a handful of rows. Prepared.
select
  incident.id,
  incident.status,
  incident.hazard,
  incident.equipment_id,
  incident.equipment_kind,
  incident.probability,
  incident.parent_id,
  incident.customers_affected,
  incident.customers_out,
  incident.started_at,
  incident.estimate_at is not null as estimated,
  exists (
    select
    from assignment
    where assignment.incident_id = incident.id
      and assignment.status in ('offered', 'accepted', 'en_route', 'on_site')
  ) as has_crew
from incident
where incident.section = any ($sections::text[])
  and incident.status not in ('closed', 'cancelled')
  and incident.status <> 'restored'
order by incident.started_at
for update of incident
