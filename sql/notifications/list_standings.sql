-- How each channel stands: what waits on it and since when, what is dead, what it took within the hour. Index: notification_due,
-- notification_aside, notification_sent; a handful of rows, after one pass over what is aside or was sent within the hour.
select
  config.channel,
  config.kind,
  config.rate_per_s,
  config.stopped,
  waiting.messages::integer as waiting,
  waiting.since as waiting_since,
  (
    select count(*)::integer
    from notification
    where notification.state = 'dead'
      and notification.channel = config.channel
  ) as dead,
  (
    select count(*)::integer
    from notification
    where notification.sent_at > $now::timestamptz - interval '1 hour'
      and notification.channel = config.channel
  ) as sent_last_hour
from channel_config as config
cross join lateral (
  select count(*) as messages, min(notification.created_at) as since
  from notification
  where notification.channel = config.channel
    and notification.state in ('queued', 'sending')
    and notification.next_try_at <= $now
) as waiting
order by config.channel
