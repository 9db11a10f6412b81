-- Crews by id, name, station, vehicle or phone. Some hundreds of rows, read whole; $limit rows.
select
  'crew' as kind,
  crew.id,
  crew.name as title,
  concat_ws(' · ', crew.id, crew.phone, crew.vehicle) as detail,
  crew_view(crew, $now::timestamptz) ->> 'status' as state,
  crew_view(crew, $now::timestamptz) ->> 'incident_id' as incident_id,
  null::timestamptz as at,
  st_x(crew.geom) as lon,
  st_y(crew.geom) as lat,
  case
    when lower(crew.id) = lower($words) or crew.name = $words or crew.phone = any ($phones::text[]) then 3.0
    when crew.name like $begins then 1.7
    else 1.1
  end::real as rank
from crew
where lower(concat_ws(' ', crew.id, crew.name, crew.station_id, crew.vehicle, crew.phone)) like '%' || lower($begins)
  or crew.phone = any ($phones::text[])
order by rank desc, crew.id
limit $limit
