-- The households that were asked on this number or address in the last 12 hours whether supply is back, the newest question of
-- each. Index: notification_recipient, matter_pkey; a handful of rows.
select distinct on (service_point.id)
  service_point.id as service_point_id,
  service_point.transformer_id,
  service_point.account_no,
  null::text as taken_by,
  matter.incident_id,
  notification.language
from notification
join matter on matter.id = notification.matter_id
join service_point on service_point.id = notification.service_point_id
where notification.recipient = any ($recipients::text[])
  and matter.kind = 'restored'
  and notification.state in ('sending', 'sent', 'delivered')
  and notification.created_at > $at::timestamptz - interval '12 hours'
order by service_point.id, notification.id desc
limit 20
