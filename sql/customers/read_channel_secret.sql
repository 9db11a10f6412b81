-- The secret that a channel's gateway signs by. Index: channel_config_pkey; one row or none.
select channel_config.settings ->> 'secret' as secret
from channel_config
where channel_config.channel = $channel
  and channel_config.settings ? 'secret'
