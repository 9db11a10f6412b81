-- Sends dead messages once more, with fresh tries: one, or all of a matter. Index: notification_pkey, notification_aside; as many rows
-- as were dead.
update notification
set
  state = 'queued',
  tries = 0,
  created_at = $now,
  next_try_at = $now
where (notification.id = $id or notification.matter_id = $matter_id)
  and notification.state = 'dead'
