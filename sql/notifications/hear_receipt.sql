-- What a receipt says of the message it names: by the provider's number, by our own ($id), or, where the taking of the message was
-- never heard of, by the low part of our number and whom it went to. A message that waits to be sent again is settled by it as
-- well; what has arrived stays so. What has failed is dead from now on. One that names no message of ours touches nothing. Index: notification_provider,
-- notification_pkey, notification_recipient; one row.
with named as (
  select notification.id
  from notification
  where notification.channel = $channel
    and notification.provider_id = $provider_id
  union all
  select notification.id
  from notification
  where notification.channel = $channel
    and notification.id = $id::bigint
  union all
  select notification.id
  from notification
  where notification.channel = $channel
    and notification.recipient = any ($recipients::text[])
    and notification.id % 65536 = $low::integer
  limit 1
)
update notification
set
  state = $state,
  reason = $reason,
  next_try_at = case when $state = 'dead' then $now else notification.next_try_at end,
  provider_id = coalesce(notification.provider_id, $provider_id),
  sent_at = coalesce(notification.sent_at, $now)
from named
where notification.id = named.id
  and (
    notification.state = 'sent'
    or notification.state in ('queued', 'sending') and notification.tries > 0
  )
