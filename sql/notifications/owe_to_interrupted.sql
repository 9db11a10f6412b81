-- Owes a matter to every service point of an incident: those out ($ended false) or those back ($ended true), on their
-- phone and on what they subscribed to. Whoever was told before gets no row; the matter is locked by its opening, so
-- looking first is safe, and half as dear as a conflict a row. Index: interruption_incident, service_point_pkey,
-- notification_customer; 20,000 rows for a feeder. Above the approval limit all are held; in quiet hours they wait until
-- $quiet_until, but for critical customers, those who want to be woken, and those with quiet hours of their own.
with setting as (
  select phone_channel, approve_above from notification_setting limit 1
),
-- Apart from whether each has ended: an index of all open ones would be read whole for it.
own as materialized (
  select
    interruption.service_point_id,
    interruption.started_at,
    interruption.ended_at
  from interruption
  where interruption.incident_id = $incident_id
),
audience as materialized (
  select
    service_point.id,
    service_point.phone,
    told.out_since,
    coalesce(preference.language, case when service_point.language in ('zh', 'en') then service_point.language end, 'zh') as language,
    coalesce(preference.by_phone, true) as by_phone,
    case
      when service_point.critical is not null or preference.at_night then $now::timestamptz
      when preference.quiet_from is not null
        then quiet_until($now::timestamptz, $timezone, preference.quiet_from, preference.quiet_to)
      else coalesce($quiet_until::timestamptz, $now)
    end as due_at
  from (
    select own.service_point_id as id, max(own.started_at) as out_since
    from own
    where (own.ended_at is not null) = $ended
    group by own.service_point_id
  ) as told
  join service_point on service_point.id = told.id
  left join preference on preference.service_point_id = told.id
  where service_point.connection = 'connected'
),
way as (
  select audience.id, setting.phone_channel as channel, audience.language, audience.phone as recipient, audience.due_at, audience.out_since
  from audience
  cross join setting
  where audience.phone is not null
    and audience.by_phone
  union all
  select audience.id, subscription.channel, subscription.language, subscription.recipient, audience.due_at, audience.out_since
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
-- A limit keeps this one short walk of an index a customer: planned as a join it reads all messages ever owed, 0.2 s a time in a storm.
left join lateral (
  select true as is_told
  from notification as earlier
  where earlier.service_point_id = way.id
    and earlier.channel = way.channel
    and (
      earlier.matter_id = $matter_id
      -- An incident that was swallowed by another goes on under its name: nobody hears of the same outage twice.
      or (
        $once_an_interruption
        and earlier.created_at >= way.out_since
        and (select matter.kind from matter where matter.id = earlier.matter_id) = $kind
      )
    )
  limit 1
) as heard on true
where heard.is_told is null
order by way.id
