-- Sends a dead message once more, with fresh tries. Index: notification_pkey; one row, or none where it is not dead.
update notification
set
  state = 'queued',
  tries = 0,
  created_at = $now,
  next_try_at = $now
where notification.id = $id
  and notification.state = 'dead'
