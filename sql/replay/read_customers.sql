-- The customers of the transformers that a storm hits, with what they can be heard by. Index: service_point_transformer; some
-- thousand rows.
select
  service_point.id,
  service_point.transformer_id,
  service_point.account_no,
  service_point.meter_no
from service_point
where service_point.transformer_id = any ($transformer_ids::text[])
  and service_point.connection = 'connected'
order by service_point.id
