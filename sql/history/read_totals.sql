-- What a period came to. Interruptions are cut at its ends; those of cancelled incidents never were. Indices: interruption_time,
-- incident_status_started, report_received, notification_sent; one row.
with interrupted as (
  select
    interruption.service_point_id,
    extract(epoch from
      least(coalesce(interruption.ended_at, $to::timestamptz), $to::timestamptz)
      - greatest(interruption.started_at, $from::timestamptz)
    ) / 60 as minutes
  from interruption
  join incident
    on incident.id = interruption.incident_id
    and incident.status <> 'cancelled'
  where interruption.started_at < $to::timestamptz
    and coalesce(interruption.ended_at, $to::timestamptz) > $from::timestamptz
)
select
  (select coalesce(sum(transformer.customers), 0)::integer from transformer) as customers,
  (select count(distinct interrupted.service_point_id)::integer from interrupted) as interrupted,
  (select count(*)::integer from interrupted) as interruptions,
  (select coalesce(sum(interrupted.minutes), 0)::float8 from interrupted) as customer_minutes,
  (
    select count(*)::integer
    from incident
    where incident.started_at >= $from::timestamptz
      and incident.started_at < $to::timestamptz
      and incident.status <> 'cancelled'
      and incident.merged_into is null
  ) as incidents,
  (
    select count(*)::integer
    from incident
    where incident.restored_at >= $from::timestamptz
      and incident.restored_at < $to::timestamptz
      and incident.status in ('restored', 'closed')
      and incident.merged_into is null
  ) as restored,
  (
    select count(*)::integer
    from report
    where report.received_at >= $from::timestamptz
      and report.received_at < $to::timestamptz
  ) as reports,
  (
    select count(*)::integer
    from notification
    where notification.sent_at >= $from::timestamptz
      and notification.sent_at < $to::timestamptz
  ) as messages_sent,
  (
    select count(*)::integer
    from notification
    where notification.state = 'dead'
      and notification.created_at >= $from::timestamptz
      and notification.created_at < $to::timestamptz
  ) as messages_dead
