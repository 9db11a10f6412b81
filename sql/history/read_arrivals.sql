-- Arrival promises of a period: owed by every incident of it that a crew reached, or that was not over when the promise ran
-- out; kept where the first crew came in time. Indices: incident_status_started, assignment_incident; one row.
select
  count(*)::integer as owed,
  count(*) filter (where promise.arrived_at <= promise.due_at)::integer as kept
from (
  select
    arrival_promised_at(incident) as due_at,
    incident.restored_at,
    (select min(assignment.arrived_at) from assignment where assignment.incident_id = incident.id) as arrived_at
  from incident
  where incident.started_at >= $from::timestamptz
    and incident.started_at < $to::timestamptz
    and incident.status <> 'cancelled'
    and incident.merged_into is null
) as promise
where promise.arrived_at is not null
  or (promise.due_at < $to::timestamptz and coalesce(promise.restored_at, $to::timestamptz) > promise.due_at)
