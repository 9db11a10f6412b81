-- Service points by account, meter, phone, transformer, incident, or by words. Indices: service_point_account,
-- service_point_meter, service_point_phone, service_point_transformer, interruption_incident, service_point_address; a page.
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
  open_interruption.incident_id
from service_point
left join interruption as open_interruption
  on open_interruption.service_point_id = service_point.id
  and open_interruption.ended_at is null
where ($account_no::text is null or service_point.account_no = $account_no)
  and ($meter_no::text is null or service_point.meter_no = $meter_no)
  and ($phones::text[] is null or service_point.phone = any ($phones::text[]))
  and ($transformer_id::text is null or service_point.transformer_id = $transformer_id)
  and ($incident_id::text is null or service_point.id in (
    select interruption.service_point_id
    from interruption
    where interruption.incident_id = $incident_id
  ))
  and ($after::text is null or service_point.id > $after)
order by service_point.id
limit $limit
