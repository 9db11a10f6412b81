-- Service points of an account. Index: service_point_account; one row, rarely more. Prepared.
select
  service_point.id as service_point_id,
  service_point.transformer_id,
  coalesce(service_point.address, service_point.name, transformer.name) as label,
  1.0::float8 as confidence
from service_point
join transformer
  on transformer.id = service_point.transformer_id
where service_point.account_no = $value
order by service_point.id
limit 20
