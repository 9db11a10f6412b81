-- Subscribes service points to a channel, the first of them first; another address replaces the one before. Index:
-- subscription_service_point_id_channel_key; one row a point.
with put as (
  insert into subscription (service_point_id, channel, recipient, language)
  select
    own.point,
    $channel,
    $recipient,
    $language
  from unnest($points::text[]) as own (point)
  on conflict (service_point_id, channel) do update
  set
    recipient = excluded.recipient,
    language = excluded.language
  returning id, service_point_id
)
select put.id
from put
order by array_position($points::text[], put.service_point_id)
