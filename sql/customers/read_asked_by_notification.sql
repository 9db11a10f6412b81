-- The household that a message went to, and the incident that it told of. Index: notification_pkey, matter_pkey,
-- service_point_pkey; one row or none.
select
  service_point.id as service_point_id,
  service_point.transformer_id,
  service_point.account_no,
  null::text as taken_by,
  matter.incident_id
from notification
join matter on matter.id = notification.matter_id
join service_point on service_point.id = notification.service_point_id
where notification.id = $id
