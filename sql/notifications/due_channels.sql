-- The channels that have something to send now and are not stopped. Index: notification_due; a handful of rows.
select config.channel, config.kind, config.settings, config.rate_per_s, config.updated_at
from channel_config as config
cross join notification_setting as setting
where not config.stopped
  and not setting.stopped
  and exists (
    select
    from notification
    where notification.channel = config.channel
      and notification.state in ('queued', 'sending')
      and notification.next_try_at <= $now
  )
order by config.channel
