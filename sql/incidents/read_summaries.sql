-- Some incidents as lists and the stream carry them. Index: incident_pkey; as many rows as are asked for.
select incident_summary(incident) as summary
from incident
where incident.id = any ($ids::text[])
  and incident.status in ('probable', 'confirmed', 'partly_restored')
