-- A receipt: the message of this provider's number has arrived, or could not be delivered after all. A receipt for an
-- unknown number touches nothing. Index: notification_provider; one row.
update notification
set
  state = case when $arrived then 'delivered' else 'dead' end,
  reason = $reason
where notification.channel = $channel
  and notification.provider_id = $provider_id
  and notification.state = 'sent'
