-- The sums a wall shows. Indices: incident_status_started, report_received, assignment_offered, notification_state; one row.
-- "Today" begins at midnight in the network's time zone.
with today as (
  select date_trunc('day', $at::timestamptz at time zone zone.name) at time zone zone.name as begins
  from (select coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as name) as zone
)
select
  (select coalesce(sum(transformer.customers), 0)::integer from transformer) as customers,
  (
    select coalesce(sum(incident.customers_out), 0)::integer
    from incident
    where incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
  ) as customers_out,
  (
    select count(*)::integer
    from incident
    where incident.status in ('suspected', 'probable', 'confirmed', 'partly_restored')
  ) as incidents_open,
  (select count(*)::integer from report where report.received_at >= today.begins) as reports_today,
  (
    select coalesce(sum(incident.customers_affected - incident.customers_out), 0)::integer
    from incident
    where incident.restored_at >= today.begins
      or (incident.status = 'partly_restored' and incident.updated_at >= today.begins)
  ) as restored_today,
  (
    select count(*)::integer
    from assignment
    where assignment.crosses_boundary
      and assignment.accepted_at >= today.begins
  ) as crossings_today,
  (select count(*)::integer from notification where notification.state in ('queued', 'sending')) as notifications_queued,
  (
    select count(*)::integer
    from notification
    where notification.state in ('sent', 'delivered')
      and notification.sent_at >= today.begins
  ) as notifications_sent_today,
  (select count(*)::integer from notification where notification.state = 'dead') as notifications_dead
from today
