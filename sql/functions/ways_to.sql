-- Every way to tell these service points something: on the phone and on what was subscribed to, in their language, and when. Those
-- disconnected are told nothing. Quiet hours hold but for critical customers and those who want to be woken; a customer's own
-- stand in for the utility's, whose end is $4 (null outside of them). Above the approval limit all are held.
-- Index: service_point_pkey, preference_pkey, subscription's key; 20,000 rows for a feeder.
create or replace function ways_to(points text[], at_instant timestamptz, timezone text, utility_quiet_until timestamptz)
  returns table (service_point_id text, channel text, language text, recipient text, due_at timestamptz, state text)
  language sql
  stable
as $$
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
        when service_point.critical is not null or preference.at_night then at_instant
        when preference.quiet_from is not null
          then quiet_until(at_instant, timezone, preference.quiet_from, preference.quiet_to)
        else coalesce(utility_quiet_until, at_instant)
      end as due_at
    from service_point
    left join preference on preference.service_point_id = service_point.id
    where service_point.id = any (points)
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
  select
    way.id,
    way.channel,
    way.language,
    way.recipient,
    way.due_at,
    case when (select count(*) from audience) > (select approve_above from setting) then 'held' else 'queued' end
  from way
$$;
