-- Notes when supply is expected back, with the interval and who says so, and keeps it for the ledger as it was said. Index:
-- incident_pkey, assignment_one_lead_per_incident; one row. Prepared.
with said as (
  insert into estimate_said (incident_id, said_at, at, low, high, source, cause, stage)
  select
    incident.id,
    $now::timestamptz,
    $at::timestamptz,
    $low::timestamptz,
    $high::timestamptz,
    $source,
    coalesce(incident.cause, 'unknown'),
    coalesce(
      (
        select assignment.status
        from assignment
        where assignment.incident_id = incident.id
          and assignment.role = 'lead'
          and assignment.status in ('accepted', 'en_route', 'on_site')
      ),
      'no_crew'
    )
  from incident
  where incident.id = $id
)
update incident
set
  estimate_at = $at,
  estimate_low = $low,
  estimate_high = $high,
  estimate_source = $source,
  version = incident.version + 1,
  updated_at = $now
where incident.id = $id
