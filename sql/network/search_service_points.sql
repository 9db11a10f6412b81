-- Service points that words may mean: an account, meter or phone as given, then what begins with them (an account from four signs on, a
-- name), then the addresses most alike. $begins is the words as a pattern. Indices: service_point_account, service_point_meter,
-- service_point_phone, service_point_account_begins, service_point_name, service_point_address; at most $limit rows.
with wanted as (
  select
    $words::text as words,
    fold_address($words) as key
),
hits as (
  select service_point.id, 3.0::real as likeness
  from service_point, wanted
  where service_point.account_no = wanted.words
    or service_point.meter_no = wanted.words
    or service_point.phone = any ($phones::text[])
  union all
  (
    select service_point.id, 2.0::real as likeness
    from service_point
    where service_point.account_no like $begins
      and length($words) >= 4
    order by service_point.account_no
    limit $limit
  )
  union all
  (
    select service_point.id, case when service_point.name = $words then 2.5 else 1.5 end::real as likeness
    from service_point
    where service_point.name like $begins
    order by likeness desc, service_point.id
    limit $limit
  )
  union all
  (
    select service_point.id, similarity(service_point.address_key, wanted.key) as likeness
    from service_point, wanted
    where service_point.address_key <> ''
      and service_point.address_key % wanted.key
    order by similarity(service_point.address_key, wanted.key) desc
    limit $limit
  )
),
best as (
  select hits.id, max(hits.likeness) as likeness
  from hits
  group by hits.id
  order by max(hits.likeness) desc, hits.id
  limit $limit
)
select
  service_point.id,
  service_point.account_no,
  service_point.meter_no,
  service_point.phone,
  service_point.name,
  service_point.address,
  service_point.transformer_id,
  service_point.lv_equipment_id,
  service_point.class,
  service_point.critical,
  service_point.connection,
  service_point.boundary,
  service_point.district_code,
  service_point.grid_id,
  case when service_point.geom is not null
    then jsonb_build_object('lon', st_x(service_point.geom), 'lat', st_y(service_point.geom))
  end as location,
  open_interruption.incident_id,
  best.likeness
from best
join service_point
  on service_point.id = best.id
left join interruption as open_interruption
  on open_interruption.service_point_id = service_point.id
  and open_interruption.ended_at is null
order by best.likeness desc, service_point.id
