-- Customers out and incidents open at equal steps of a period: what began less what ended, added up. Indices: interruption_time,
-- incident_status_started; $steps + 1 rows.
with moment as (
  select
    step.number,
    $from::timestamptz + ($to::timestamptz - $from::timestamptz) * step.number / $steps::integer as at
  from generate_series(0, $steps::integer) as step (number)
),
change as (
  select interruption.started_at as at, 1 as customers, 0 as incidents
  from interruption
  join incident
    on incident.id = interruption.incident_id
    and incident.status <> 'cancelled'
  where interruption.started_at <= $to::timestamptz
    and coalesce(interruption.ended_at, $to::timestamptz) >= $from::timestamptz
  union all
  select interruption.ended_at, -1, 0
  from interruption
  join incident
    on incident.id = interruption.incident_id
    and incident.status <> 'cancelled'
  where interruption.started_at <= $to::timestamptz
    and interruption.ended_at between $from::timestamptz and $to::timestamptz
  union all
  select incident.started_at, 0, 1
  from incident
  where incident.started_at <= $to::timestamptz
    and coalesce(incident.restored_at, incident.closed_at, $to::timestamptz) >= $from::timestamptz
    and incident.status <> 'cancelled'
    and incident.merged_into is null
  union all
  select coalesce(incident.restored_at, incident.closed_at), 0, -1
  from incident
  where incident.started_at <= $to::timestamptz
    and coalesce(incident.restored_at, incident.closed_at) between $from::timestamptz and $to::timestamptz
    and incident.status <> 'cancelled'
    and incident.merged_into is null
),
placed as (
  select
    greatest(0, ceil(
      extract(epoch from change.at - $from::timestamptz)
        / nullif(extract(epoch from $to::timestamptz - $from::timestamptz), 0) * $steps::integer
    ))::integer as number,
    sum(change.customers) as customers,
    sum(change.incidents) as incidents
  from change
  group by 1
)
select
  moment.at,
  coalesce(sum(placed.customers) over so_far, 0)::integer as customers_out,
  coalesce(sum(placed.incidents) over so_far, 0)::integer as incidents_open
from moment
left join placed on placed.number = moment.number
window so_far as (order by moment.number)
order by moment.number
