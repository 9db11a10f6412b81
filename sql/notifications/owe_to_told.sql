-- Owes a matter to whoever was sent the news of an incident's outage, as their last word on it, and is not out by anything now: by the
-- ways of ways_to. Indices: matter_incident, incident_merged, notification_once, notification_customer, interruption_point; up to
-- 20,000 rows for a feeder.
with told as materialized (
  select distinct notification.service_point_id as id, notification.channel
  from matter
  join notification
    on notification.matter_id = matter.id
  where matter.kind = any (news_of_outage())
    and matter.incident_id = any (
      array(select incident.id from incident where incident.id = $incident_id or incident.merged_into = $incident_id)
    )
    and notification.state in ('sending', 'sent', 'delivered')
    and not exists (
      select
      from interruption
      where interruption.service_point_id = notification.service_point_id
        and interruption.ended_at is null
    )
    and not exists (
      select
      from notification as later
      where later.service_point_id = notification.service_point_id
        and later.channel = notification.channel
        and later.id > notification.id
        and (select one.kind from matter as one where one.id = later.matter_id) in ('outage_known', 'restored', 'outage_withdrawn')
    )
)
insert into notification (matter_id, service_point_id, channel, language, recipient, state, created_at, next_try_at)
select
  $matter_id,
  way.service_point_id,
  way.channel,
  way.language,
  way.recipient,
  way.state,
  $now,
  way.due_at
from ways_to(array(select distinct told.id from told), $now::timestamptz, $timezone, $quiet_until::timestamptz) as way
join told
  on told.id = way.service_point_id
  and told.channel = way.channel
order by way.service_point_id
