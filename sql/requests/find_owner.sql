-- Who is answerable for a customer: the manager of the grid that the account, or the households of the phone, lie in; which household it
-- is, where the account or the phone says so. Index: service_point_account, service_point_phone, grid_pkey; one row or none.
with own as (
  select
    service_point.id,
    service_point.class,
    grid.id as grid_id,
    grid.manager_name as owner,
    $account_no::text is not null or count(*) over () = 1 as is_sure
  from service_point
  join transformer on transformer.id = service_point.transformer_id
  left join grid on grid.id = coalesce(service_point.grid_id, transformer.grid_id)
  where service_point.account_no = $account_no
    or ($account_no::text is null and service_point.phone = any ($phones::text[]))
)
select
  case when own.is_sure then own.id end as service_point_id,
  case when own.is_sure then own.class end as class,
  own.grid_id,
  own.owner
from own
where own.is_sure
  or not exists (
    select
    from own as other
    where other.grid_id is distinct from own.grid_id
  )
order by own.id
limit 1
