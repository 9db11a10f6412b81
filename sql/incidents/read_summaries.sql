-- Some incidents as lists and the stream carry them, and when an estimate was said of each last. Index: incident_pkey,
-- estimate_said_incident; as many rows as are asked for.
select
  incident_summary(incident) as summary,
  (
    select max(estimate_said.said_at)
    from estimate_said
    where estimate_said.incident_id = incident.id
  ) as estimate_said_at
from incident
where incident.id = any ($ids::text[])
