-- Customer-seconds of the sustained interruptions of the whole system by the local day they began on: five years for the
-- threshold of major event days, and the period itself. Before the period and the first interruption, days are taken from the imported
-- history. Indices: interruption_time, and a scan of incident_history; at most some 2,000 rows.
with zone as (
  select coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as name
),
own as (
  select
    interrupted.local_day as day,
    sum(interrupted.duration_s) filter (where interrupted.duration_s > $momentary_s::numeric) as customer_s
  from counted_interruptions($history_from, $to, $counted_to, null, null, null) as interrupted
  group by interrupted.local_day
),
imported as (
  select
    (incident_history.started_at at time zone zone.name)::date as day,
    sum(
      incident_history.customers * extract(epoch from incident_history.restored_at - incident_history.started_at)
    ) as customer_s
  from incident_history
  cross join zone
  where incident_history.started_at >= $history_from
    and incident_history.started_at < $from::timestamptz
    and incident_history.restored_at - incident_history.started_at > make_interval(secs => $momentary_s::float8)
    and (incident_history.started_at at time zone zone.name)::date < coalesce((select min(own.day) from own), 'infinity')
  group by 1
)
select
  to_char(days.day, 'YYYY-MM-DD') as date,
  coalesce(days.customer_s, 0) as customer_s,
  days.day < ($from::timestamptz at time zone zone.name)::date as before
from (
  select own.day, own.customer_s from own
  union all
  select imported.day, imported.customer_s from imported
) as days
cross join zone
order by days.day
