-- How many customers were out and incidents open over a period, in equal steps: at each the most customers since the step before
-- and when they were first so many, so that none of a period's worst moments lies between two steps. What began less what ended,
-- added up in order. Indices: interruption_time, incident_status_started; $steps + 1 rows.
with change as (
  select interruption.started_at as at, 1 as customers, 0 as incidents
  from interruption
  join incident
    on incident.id = interruption.incident_id
    and incident.status <> 'cancelled'
  where interruption.started_at < $to::timestamptz
    and coalesce(interruption.ended_at, $to::timestamptz) > $from::timestamptz
  union all
  select interruption.ended_at, -1, 0
  from interruption
  join incident
    on incident.id = interruption.incident_id
    and incident.status <> 'cancelled'
  where interruption.started_at < $to::timestamptz
    and interruption.ended_at > $from::timestamptz
    and interruption.ended_at < $to::timestamptz
  union all
  select incident.started_at, 0, 1
  from incident
  where incident.started_at < $to::timestamptz
    and coalesce(incident.restored_at, incident.closed_at, $to::timestamptz) > $from::timestamptz
    and incident.status <> 'cancelled'
    and incident.merged_into is null
  union all
  select coalesce(incident.restored_at, incident.closed_at), 0, -1
  from incident
  where incident.started_at < $to::timestamptz
    and coalesce(incident.restored_at, incident.closed_at) > $from::timestamptz
    and coalesce(incident.restored_at, incident.closed_at) < $to::timestamptz
    and incident.status <> 'cancelled'
    and incident.merged_into is null
),
turn as (
  select
    greatest(change.at, $from::timestamptz) as at,
    sum(sum(change.customers)) over so_far as customers_out,
    sum(sum(change.incidents)) over so_far as incidents_open
  from change
  group by 1
  window so_far as (order by greatest(change.at, $from::timestamptz))
),
placed as (
  select
    ceil(
      extract(epoch from turn.at - $from::timestamptz)
        / extract(epoch from $to::timestamptz - $from::timestamptz) * $steps::integer
    )::integer as number,
    max(turn.customers_out) as most,
    (array_agg(turn.at order by turn.customers_out desc, turn.at))[1] as reached_at,
    (array_agg(turn.customers_out order by turn.at desc))[1] as customers_out,
    (array_agg(turn.incidents_open order by turn.at desc))[1] as incidents_open
  from turn
  group by 1
),
moment as (
  select
    step.number,
    $from::timestamptz + ($to::timestamptz - $from::timestamptz) * step.number / $steps::integer as at
  from generate_series(0, $steps::integer) as step (number)
)
select
  moment.at,
  coalesce(case when latest.number = moment.number then latest.most else latest.customers_out end, 0)::integer
    as customers_out,
  case when latest.number = moment.number then latest.reached_at else moment.at end as reached_at,
  coalesce(latest.incidents_open, 0)::integer as incidents_open
from moment
left join lateral (
  select placed.number, placed.most, placed.reached_at, placed.customers_out, placed.incidents_open
  from placed
  where placed.number <= moment.number
  order by placed.number desc
  limit 1
) as latest on true
order by moment.number
