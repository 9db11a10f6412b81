-- The sums of a wall as they stood at an instant that has passed; what follows from the incidents is put in by the reader. Indices:
-- report_received, event_log_at, assignment_offered, notification_sent, notification_due; one row. "Today" begins at midnight in
-- the network's time zone. A dead message is dead since its next_try_at.
with today as (
  select date_trunc('day', $at::timestamptz at time zone zone.name) at time zone zone.name as begins
  from (select coalesce((select network.timezone from network order by network.id desc limit 1), 'Asia/Shanghai') as name) as zone
),
restored as (
  select distinct on (event.subject_id)
    (event.data ->> 'customers_affected')::integer - (event.data ->> 'customers_out')::integer as customers,
    coalesce(
      (event.data ->> 'restored_at')::timestamptz,
      case when event.data ->> 'status' = 'partly_restored' then event.at end
    ) as restored_at
  from event_log as event
  where event.at between (select today.begins from today) and $at::timestamptz
    and event.name = 'incident'
  order by event.subject_id, event.seq desc
)
select
  (select coalesce(sum(transformer.customers), 0)::integer from transformer) as customers,
  0 as customers_out,
  0 as incidents_open,
  (
    select count(*)::integer
    from report
    where report.received_at >= today.begins
      and report.received_at <= $at::timestamptz
  ) as reports_today,
  (select coalesce(sum(restored.customers), 0)::integer from restored where restored.restored_at >= today.begins) as restored_today,
  (
    select count(*)::integer
    from assignment
    where assignment.crosses_boundary
      and assignment.accepted_at >= today.begins
      and assignment.accepted_at <= $at::timestamptz
  ) as crossings_today,
  (
    select count(*)::integer
    from notification
    where notification.created_at <= $at::timestamptz
      and (notification.state in ('queued', 'sending', 'sent', 'delivered') or notification.state = 'dead' and notification.next_try_at > $at::timestamptz)
      and (notification.sent_at is null or notification.sent_at > $at::timestamptz)
  ) as notifications_queued,
  (
    select count(*)::integer
    from notification
    where (notification.state in ('sent', 'delivered') or notification.state = 'dead' and notification.next_try_at > $at::timestamptz)
      and notification.sent_at >= today.begins
      and notification.sent_at <= $at::timestamptz
  ) as notifications_sent_today,
  (select count(*)::integer from notification where notification.state = 'dead' and notification.next_try_at <= $at::timestamptz)
    as notifications_dead
from today
