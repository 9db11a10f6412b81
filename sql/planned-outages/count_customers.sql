-- Connected customers of each transformer. Index: service_point_transformer; some hundred rows.
select service_point.transformer_id, count(*)::integer as customers
from service_point
where service_point.transformer_id = any ($transformers::text[])
  and service_point.connection = 'connected'
group by service_point.transformer_id
