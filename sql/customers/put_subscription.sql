-- Subscribes a service point to a channel; another address replaces the one before. Index:
-- subscription_service_point_id_channel_key; one row.
insert into subscription (service_point_id, channel, recipient, language)
values ($service_point_id, $channel, $recipient, $language)
on conflict (service_point_id, channel) do update
set
  recipient = excluded.recipient,
  language = excluded.language
returning id
