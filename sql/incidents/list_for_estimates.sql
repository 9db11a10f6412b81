-- Open incidents that are more than a suspicion, and whether what was said of each has run out or nothing was yet. Index:
-- incident_status_started; a storm's worth.
select
  incident.id,
  coalesce(incident.estimate_at <= $now::timestamptz, true) as is_due
from incident
where incident.status in ('probable', 'confirmed', 'partly_restored')
  and not incident.hazard
order by incident.started_at
limit $limit
