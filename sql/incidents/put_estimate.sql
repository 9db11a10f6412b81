-- Notes when supply is expected back, with the interval and who says so, and keeps it for the ledger as it was said, beside what the
-- model itself gave (null for a person's word). Index: incident_pkey, assignment_one_lead_per_incident; one row. Prepared.
with said as (
  insert into estimate_said
    (incident_id, said_at, at, low, high, source, cause, stage, model_low_s, model_middle_s, model_high_s)
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
    ),
    $model_low_s::float8,
    $model_middle_s::float8,
    $model_high_s::float8
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
