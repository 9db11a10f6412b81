-- Lets a matter's held messages go, or drops them. Index: notification_once; as many rows as were held.
update notification
set
  state = $state,
  reason = $reason,
  next_try_at = greatest(notification.next_try_at, $now)
where notification.matter_id = $matter_id
  and notification.state = 'held'
