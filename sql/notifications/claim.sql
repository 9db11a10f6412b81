-- Takes up to $limit due messages of a channel for sending, also those whose worker died before it said how it went. Of
-- one customer only the oldest that is still owed: the order is kept. Index: notification_due, notification_customer for the
-- older ones; up to $limit rows. Taken rows are ours until $taken_until. What they say is what is so now, not when they were owed.
with due as (
  select notification.id
  from notification
  where notification.channel = $channel
    and notification.state in ('queued', 'sending')
    and notification.next_try_at <= $now
    and not exists (
      select
      from notification as older
      where older.service_point_id = notification.service_point_id
        and older.channel = notification.channel
        and older.state in ('queued', 'sending')
        and older.id < notification.id
    )
  order by notification.next_try_at, notification.id
  limit $limit
  for update skip locked
),
taken as (
  update notification
  set
    state = 'sending',
    tries = notification.tries + 1,
    next_try_at = $taken_until
  from due
  where notification.id = due.id
  returning notification.*
)
select
  known.*,
  taken.id,
  taken.matter_id,
  taken.service_point_id,
  taken.channel,
  taken.language,
  taken.recipient,
  taken.tries,
  taken.created_at,
  matter.key as matter,
  matter.kind,
  matter.incident_id as matter_incident_id,
  matter.bodies,
  matter.words,
  own.since,
  own.restored,
  coalesce(own.verified, false) as verified,
  lead.crew_name,
  heard.kind as heard_kind,
  heard.told_until as heard_until,
  heard.told_crew as heard_crew,
  config.kind as channel_kind,
  coalesce(config.settings ? 'replies_token', false) as has_replies,
  subscription.id as subscription_id,
  exists (
    select
    from notification as later
    where later.service_point_id = taken.service_point_id
      and later.channel = taken.channel
      and later.id > taken.id
      and (
        later.state in ('sent', 'delivered')
        or later.state in ('queued', 'sending') and later.next_try_at <= $now
      )
      -- A value, not a join: while nothing is known of tables that a storm has just filled, a join would begin with all news.
      and (select news.kind from matter as news where news.id = later.matter_id)
        = any (case when matter.kind = 'restored' then array['restored'] else news_of_outage() end)
  ) as overtaken,
  matter.kind in ('planned_week', 'planned_day', 'planned_morning', 'planned_changed') and exists (
    select
    from planned_outage
    where planned_outage.id = matter.planned_outage_id
      and planned_outage.state in ('ended', 'cancelled', 'joined')
  )
  or matter.kind = 'planned_overrun' and not exists (
    select
    from service_point
    join planned_ground as ground
      on ground.transformer_id = service_point.transformer_id
    where service_point.id = taken.service_point_id
      and ground.planned_outage_id = matter.planned_outage_id
      and ground.back_at is null
  ) as replaced
from taken
join matter on matter.id = taken.matter_id
left join lateral status_facts(taken.service_point_id, $now::timestamptz) as known on true
left join channel_config as config on config.channel = taken.channel
left join subscription
  on subscription.service_point_id = taken.service_point_id
  and subscription.channel = taken.channel
left join lateral notification_facts(taken.service_point_id, matter.incident_id) as own on true
left join lateral (
  select crew.name as crew_name
  from assignment
  join crew on crew.id = assignment.crew_id
  where assignment.incident_id = known.incident_id
    and assignment.role = 'lead'
    and assignment.status in ('accepted', 'en_route', 'on_site')
) as lead on true
-- The last that this customer got here of the outage that they are in.
left join lateral (
  select news.kind, earlier.told_until, earlier.told_crew
  from notification as earlier
  join matter as news on news.id = earlier.matter_id
  where earlier.service_point_id = taken.service_point_id
    and earlier.channel = taken.channel
    and earlier.id <> taken.id
    and earlier.state in ('sending', 'sent', 'delivered')
    and earlier.created_at >= own.since
    and news.incident_id is not null
  order by earlier.id desc
  limit 1
) as heard on true
order by taken.id
