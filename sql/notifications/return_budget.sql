-- Gives back what was drawn and not needed. Index: the primary key; one row.
update channel_config
set budget = channel_config.budget + $unused
where channel_config.channel = $channel
  and channel_config.rate_per_s is not null
