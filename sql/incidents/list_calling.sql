-- How many of those who were out called, for the newest closed incidents that are wide enough to tell. Indices:
-- incident_status_started, evidence_incident; at most $limit rows.
select
  incident.customers_affected as customers,
  (
    select count(distinct evidence.service_point_id)::integer
    from evidence
    where evidence.incident_id = incident.id
      and evidence.kind = 'report'
  ) as callers
from incident
where incident.status = 'closed'
  and incident.started_at >= $since::timestamptz
  and incident.merged_into is null
  and not incident.hazard
  and incident.customers_affected >= $customers
order by incident.started_at desc
limit $limit
