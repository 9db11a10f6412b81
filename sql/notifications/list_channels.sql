-- The channels as configured. A handful of rows.
select config.channel, config.kind, config.settings, config.rate_per_s, config.stopped, config.updated_at
from channel_config as config
order by config.channel
