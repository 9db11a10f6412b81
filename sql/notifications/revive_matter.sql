-- Sends all dead messages of a matter once more, with fresh tries. Index: notification_aside; as many rows as were dead.
update notification
set
  state = 'queued',
  tries = 0,
  created_at = $now,
  next_try_at = $now
where notification.matter_id = $matter_id
  and notification.state = 'dead'
