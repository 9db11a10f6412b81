-- The channels that are not stopped, and whether each has something to send now, which the stop switch forbids for all. Those with
-- nothing to send are still listened to. Index: notification_due; a handful of rows.
select
  config.channel,
  config.kind,
  config.settings,
  config.rate_per_s,
  config.updated_at,
  not setting.stopped and exists (
    select
    from notification
    where notification.channel = config.channel
      and notification.state in ('queued', 'sending')
      and notification.next_try_at <= $now
  ) as due
from channel_config as config
cross join notification_setting as setting
where not config.stopped
order by config.channel
