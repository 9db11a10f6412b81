-- Open incidents that are more than a suspicion, for their estimates. Index: incident_status_started; a storm's worth.
select incident_summary(incident) as summary
from incident
where incident.status in ('probable', 'confirmed', 'partly_restored')
  and not incident.hazard
order by incident.started_at
limit $limit
