-- The channels that customers may subscribe to by themselves, with the key that browsers need for web push. A handful of rows.
select
  channel_config.channel,
  channel_config.kind,
  case when channel_config.kind = 'web_push' then channel_config.settings ->> 'public_key' end as public_key
from channel_config
where channel_config.kind in ('smtp', 'web_push')
  and not channel_config.stopped
order by channel_config.channel
