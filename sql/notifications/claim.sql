-- Takes up to $limit due messages of a channel for sending, also those whose worker died before it said how it went. Of
-- one customer only the oldest that is still owed: the order is kept. Index: notification_due, notification_customer for the
-- older ones; up to $limit rows. Taken rows are ours until $taken_until.
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
  matter.incident_id,
  matter.bodies,
  matter.words,
  own.place,
  own.since,
  own.restored,
  own.verified,
  subscription.id as subscription_id,
  exists (
    select
    from matter as newer
    where matter.kind = 'estimate_changed'
      and newer.incident_id = matter.incident_id
      and newer.kind = matter.kind
      and newer.id > matter.id
  ) or matter.kind in ('planned_week', 'planned_day', 'planned_morning', 'planned_changed') and exists (
    select
    from planned_outage
    where planned_outage.id = matter.planned_outage_id
      and planned_outage.state in ('ended', 'cancelled', 'joined')
  ) as replaced
from taken
join matter on matter.id = taken.matter_id
left join subscription
  on subscription.service_point_id = taken.service_point_id
  and subscription.channel = taken.channel
left join lateral notification_facts(taken.service_point_id, matter.incident_id) as own on true
order by taken.id
