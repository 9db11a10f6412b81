-- Customers without supply every $step_s seconds from $from to $to: what had begun and not ended, by the interruptions, and
-- before the first of them by the imported history. What began over 14 days before $from is left out: longer than any storm so
-- far. Index: interruption_time, for what has ended and what has not; one row, an array of a value a step.
with own as (
  select interruption.started_at as begun, interruption.ended_at as ended, 1 as customers
  from interruption
  join incident
    on incident.id = interruption.incident_id
    and incident.status <> 'cancelled'
  where interruption.started_at > $from::timestamptz - interval '14 days'
    and interruption.started_at <= $to::timestamptz
    and (interruption.ended_at is null or interruption.ended_at > $from::timestamptz)
),
imported as (
  select incident_history.started_at as begun, incident_history.restored_at as ended, incident_history.customers
  from incident_history
  where incident_history.started_at > $from::timestamptz - interval '14 days'
    and incident_history.started_at <= $to::timestamptz
    and incident_history.restored_at > $from::timestamptz
    and incident_history.started_at < coalesce((select min(interruption.started_at) from interruption), 'infinity')
),
changes as (
  select begun as at, customers as change from own
  union all
  select ended, -customers from own where ended is not null
  union all
  select begun, customers from imported
  union all
  select ended, -customers from imported
),
by_step as (
  select
    greatest(0, ceil(extract(epoch from changes.at - $from::timestamptz) / $step_s::integer))::integer as step,
    sum(changes.change) as change
  from changes
  where changes.at <= $to::timestamptz
  group by 1
)
select array_agg(running.customers_out order by running.step) as customers_out
from (
  select steps.step, coalesce(sum(by_step.change) over (order by steps.step), 0)::integer as customers_out
  from generate_series(0, floor(extract(epoch from $to::timestamptz - $from::timestamptz) / $step_s::integer)::integer) as steps (step)
  left join by_step
    on by_step.step = steps.step
) as running
