-- Owes a matter to every connected service point of the transformers of a planned outage, on the phone and on what was
-- subscribed to. Nobody hears the same kind of news of the same start twice, though the matter may be another one where parts end
-- at different times; with $told_of only those whom one of these outages was told to. Index: service_point_transformer,
-- notification_customer, notification_once; 20,000 rows for a feeder. Above the approval limit all are held; in quiet hours
-- they wait, but for critical customers and those who want to be woken.
with setting as (
  select phone_channel, approve_above from notification_setting
),
audience as materialized (
  select
    service_point.id,
    service_point.phone,
    coalesce(preference.language, case when service_point.language in ('zh', 'en') then service_point.language end, 'zh') as language,
    coalesce(preference.by_phone, true) as by_phone,
    case
      when service_point.critical is not null or preference.at_night then $now::timestamptz
      else coalesce($quiet_until::timestamptz, $now)
    end as due_at
  from service_point
  left join preference on preference.service_point_id = service_point.id
  where service_point.transformer_id = any ($transformers::text[])
    and service_point.connection = 'connected'
),
way as (
  select audience.id, setting.phone_channel as channel, audience.language, audience.phone as recipient, audience.due_at
  from audience
  cross join setting
  where audience.phone is not null
    and audience.by_phone
  union all
  select audience.id, subscription.channel, subscription.language, subscription.recipient, audience.due_at
  from subscription
  join audience on audience.id = subscription.service_point_id
  cross join setting
  where subscription.channel <> setting.phone_channel
)
insert into notification (matter_id, service_point_id, channel, language, recipient, state, created_at, next_try_at)
select
  $matter_id,
  way.id,
  way.channel,
  way.language,
  way.recipient,
  case when (select count(*) from audience) > (select approve_above from setting) then 'held' else 'queued' end,
  $now,
  way.due_at
from way
where not exists (
  select
  from notification as told
  join matter on matter.id = told.matter_id
  where told.service_point_id = way.id
    and told.channel = way.channel
    and matter.planned_outage_id = $planned_outage_id
    and (
      told.matter_id = $matter_id
      or matter.kind = $kind and matter.kind in ('planned_week', 'planned_day', 'planned_morning')
        and matter.words ->> 'starts' = $starts
      or told.created_at >= $unless_told_since::timestamptz
    )
)
and (
  $told_of::text[] is null
  or exists (
    select
    from notification as heard
    join matter on matter.id = heard.matter_id
    where heard.service_point_id = way.id
      and matter.planned_outage_id = any ($told_of::text[])
  )
)
order by way.id
