-- What came back today and an hour, what came in a minute, the system's minutes since midnight in the network's time zone, and how many of the
-- restoration times said were kept by the end of their interval, up to $at. Who came back after more than 14 days is left out: longer
-- than any storm so far, and the index passes over what ended before. Indices: interruption_time, report_received,
-- incident_status_started; one row.
with today as (
  select zone.name as timezone, date_trunc('day', $at::timestamptz at time zone zone.name) at time zone zone.name as begins
  from (select coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as name) as zone
),
restored as (
  select floor(extract(epoch from $at::timestamptz - interruption.ended_at) / 3600)::integer as hours_ago, count(*)::integer as customers
  from interruption
  where interruption.started_at > $at::timestamptz - interval '14 days'
    and interruption.ended_at > $at::timestamptz - make_interval(hours => $hours::integer)
    and interruption.ended_at <= $at::timestamptz
  group by 1
),
calls as (
  select (floor(extract(epoch from $at::timestamptz) / 60) - floor(extract(epoch from report.received_at) / 60))::integer as minutes_ago, count(*)::integer as reports
  from report
  where report.received_at > $at::timestamptz - make_interval(mins => $minutes::integer)
    and report.received_at <= $at::timestamptz
  group by 1
)
select
  today.begins as begins_at,
  to_char($at::timestamptz at time zone today.timezone, 'YYYY-MM-DD') as date,
  today.timezone,
  (
    select count(*)::integer
    from interruption
    where interruption.started_at > $at::timestamptz - interval '14 days'
      and interruption.ended_at >= today.begins
      and interruption.ended_at <= $at::timestamptz
  ) as restored_today,
  (
    select array_agg(coalesce(restored.customers, 0) order by hours.ago desc)
    from generate_series(0, $hours::integer - 1) as hours (ago)
    left join restored
      on restored.hours_ago = hours.ago
  ) as restored_per_hour,
  (
    select array_agg(coalesce(calls.reports, 0) order by minutes.ago desc)
    from generate_series(0, $minutes::integer - 1) as minutes (ago)
    left join calls
      on calls.minutes_ago = minutes.ago
  ) as calls_per_minute,
  (
    select coalesce(sum(by_then.duration_s) filter (where by_then.duration_s > $momentary_s::numeric), 0)::float8
    from counted_interruptions(today.begins, $at::timestamptz, $at::timestamptz, null, null, null) as counted
    cross join lateral (
      select least(counted.duration_s, extract(epoch from $at::timestamptz - counted.started_at)) as duration_s
    ) as by_then
  ) as customer_s,
  (select coalesce(sum(transformer.customers), 0)::integer from transformer) as customers,
  said.due as estimates_due,
  said.kept as estimates_kept
from today
cross join lateral (
  select
    count(*)::integer as due,
    count(*) filter (
      where incident.restored_at <= least($at::timestamptz, coalesce(incident.estimate_high, incident.estimate_at))
    )::integer as kept
  from incident
  where incident.estimate_at is not null
    and incident.merged_into is null
    and incident.status <> 'cancelled'
    and incident.started_at > today.begins - interval '14 days'
    and incident.started_at <= $at::timestamptz
    and (
      incident.restored_at between today.begins and $at::timestamptz
      or (
        (
          incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
          or incident.restored_at > $at::timestamptz
        )
        and coalesce(incident.estimate_high, incident.estimate_at) < $at::timestamptz
      )
    )
) as said
