-- The incidents that are open or ended since an instant: what the load of crews and neighbourhoods is counted from. Indices:
-- incident_status_started, incident_restored_at; a great storm's day.
select incident.id
from incident
where incident.status in ('probable', 'confirmed', 'partly_restored')
  and not incident.hazard
union all
select incident.id
from incident
where incident.restored_at > $since::timestamptz
  and incident.status in ('restored', 'closed')
  and not incident.hazard
