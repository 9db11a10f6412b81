-- The question: how many service points does each transformer of the network feed? Written only where it differs.
update transformer set customers = counted.customers
from (
  select transformer.id, count(service_point.id) as customers
  from transformer
  left join service_point on service_point.transformer_id = transformer.id
  group by transformer.id
) as counted
where counted.id = transformer.id and counted.customers <> transformer.customers;
