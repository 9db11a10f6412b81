-- Owes a matter to who made a request: on the phone that they gave, else on their account's unless they want no messages there; by
-- e-mail where they gave an address and a channel sends it. In the language of the request, else the customer's. Whoever has no account
-- goes by the request's own number. Index: request_pkey, service_point_pkey, preference_pkey; up to two rows.
with asker as (
  select
    request.id,
    request.service_point_id,
    request.email,
    coalesce(
      request.phone,
      case when coalesce(preference.by_phone, true) and service_point.connection = 'connected' then service_point.phone end
    ) as phone,
    coalesce(
      request.language,
      preference.language,
      case when service_point.language in ('zh', 'en') then service_point.language end,
      'zh'
    ) as language
  from request
  left join service_point on service_point.id = request.service_point_id
  left join preference on preference.service_point_id = request.service_point_id
  where request.id = $request_id
),
way as (
  select asker.id, asker.service_point_id, asker.language, setting.phone_channel as channel, asker.phone as recipient
  from asker
  cross join notification_setting as setting
  where asker.phone is not null
  union all
  (
    select asker.id, asker.service_point_id, asker.language, channel_config.channel, asker.email
    from asker
    join channel_config on channel_config.kind = 'smtp'
    where asker.email is not null
    order by channel_config.stopped, channel_config.channel
    limit 1
  )
)
insert into notification (matter_id, service_point_id, channel, language, recipient, created_at, next_try_at)
select
  $matter_id,
  coalesce(way.service_point_id, way.id),
  way.channel,
  way.language,
  way.recipient,
  $now,
  coalesce($quiet_until::timestamptz, $now)
from way
on conflict do nothing
