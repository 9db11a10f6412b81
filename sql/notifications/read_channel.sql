-- One channel as configured. Index: channel_config_pkey; one row or none.
select config.channel, config.kind, config.settings
from channel_config as config
where config.channel = $channel
