-- A page of notifications, newest first, with the text that was sent, or what it would be made of. Index: notification_pkey backwards,
-- notification_customer, notification_once by incident, planned outage or matter, notification_aside for dead and held; up to $limit rows.
select
  known.*,
  notification.id,
  notification.service_point_id,
  notification.channel,
  notification.language,
  notification.recipient,
  notification.state,
  notification.tries,
  notification.reason,
  notification.created_at,
  notification.next_try_at,
  notification.sent_at,
  notification.sent_text,
  matter.key as matter,
  matter.kind,
  matter.incident_id as matter_incident_id,
  matter.template,
  matter.bodies,
  matter.words,
  own.since,
  own.restored,
  coalesce(own.verified, false) as verified,
  config.kind as channel_kind,
  coalesce(config.settings ? 'replies_token', false) as has_replies,
  subscription.id as subscription_id
from notification
join matter on matter.id = notification.matter_id
left join channel_config as config on config.channel = notification.channel
left join subscription
  on subscription.service_point_id = notification.service_point_id
  and subscription.channel = notification.channel
left join lateral status_facts(
  case when notification.sent_text is null then notification.service_point_id end, $now::timestamptz
) as known on true
left join lateral notification_facts(notification.service_point_id, matter.incident_id) as own on true
where ($before::bigint is null or notification.id < $before)
  and ($state::text is null or notification.state = $state)
  and ($channel::text is null or notification.channel = $channel)
  and ($service_point_id::text is null or notification.service_point_id = $service_point_id)
  and ($incident_id::text is null or notification.matter_id in (
    select one.id
    from matter as one
    where one.incident_id = $incident_id
  ))
  and ($planned_outage_id::text is null or notification.matter_id in (
    select one.id
    from matter as one
    where one.planned_outage_id = $planned_outage_id
  ))
  and ($matter_id::bigint is null or notification.matter_id = $matter_id)
order by notification.id desc
limit $limit
