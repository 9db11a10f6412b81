-- Draws up to $wanted sends from a channel's token bucket, which holds one second's worth. The row stays locked until the
-- claim beside it is committed, so that all servers together keep the rate. Index: the primary key; one row, or none
-- where the channel has just been stopped.
update channel_config
set
  budget = case when bucket.limited then bucket.held - bucket.granted else 0 end,
  budget_at = $now
from (
  select
    config.channel,
    held.held,
    config.rate_per_s is not null as limited,
    case when config.rate_per_s is null then $wanted::integer else least($wanted::integer, floor(held.held)::integer) end as granted
  from channel_config as config
  cross join lateral (
    select least(
      greatest(config.rate_per_s, 1),
      config.budget + config.rate_per_s * greatest(0, extract(epoch from $now::timestamptz - config.budget_at)::real)
    ) as held
  ) as held
  where config.channel = $channel
    and not config.stopped
  for update of config
) as bucket
where channel_config.channel = bucket.channel
returning bucket.granted
