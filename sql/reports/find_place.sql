-- The transformer of a service point, or the transformer itself. Indices: service_point_pkey, transformer_pkey; one row.
select
  transformer.id as transformer_id,
  service_point.id as service_point_id
from transformer
left join service_point
  on service_point.id = $service_point_id
where transformer.id = coalesce(
  (select point.transformer_id from service_point as point where point.id = $service_point_id),
  $transformer_id
)
