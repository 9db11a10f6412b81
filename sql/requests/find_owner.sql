-- Who is answerable for a customer: the manager of the grid that the account, or the one account of the phone, lies in. Index:
-- service_point_account, service_point_phone, grid_pkey; one row or none.
select
  service_point.id as service_point_id,
  service_point.class,
  grid.id as grid_id,
  grid.manager_name as owner
from service_point
join transformer on transformer.id = service_point.transformer_id
left join grid on grid.id = coalesce(service_point.grid_id, transformer.grid_id)
where service_point.account_no = $account_no
  or ($account_no::text is null and service_point.phone = any ($phones::text[]))
order by service_point.id
limit 1
