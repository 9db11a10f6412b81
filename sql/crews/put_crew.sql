-- Adds a crew, or changes what is given of it. Index: crew_pkey; one row.
insert into crew
  (id, name, station_id, home_district, skills, shift_start, shift_end, members, phone, vehicle, tracker_id, on_loan_to, off_duty, geom)
values (
  $id, coalesce($name, $id), $station_id, $home_district, coalesce($skills::text[], '{}'), $shift_start::time, $shift_end::time,
  $members, $phone, $vehicle, $tracker_id, $on_loan_to, coalesce($off_duty::boolean, false),
  st_setsrid(st_makepoint($lon::float8, $lat::float8), 4326)
)
on conflict (id) do update
set
  name = coalesce($name, crew.name),
  station_id = case when 'station_id' = any ($given::text[]) then excluded.station_id else crew.station_id end,
  home_district = case when 'home_district' = any ($given::text[]) then excluded.home_district else crew.home_district end,
  skills = coalesce($skills::text[], crew.skills),
  shift_start = case when 'shift_start' = any ($given::text[]) then excluded.shift_start else crew.shift_start end,
  shift_end = case when 'shift_end' = any ($given::text[]) then excluded.shift_end else crew.shift_end end,
  members = case when 'members' = any ($given::text[]) then excluded.members else crew.members end,
  phone = case when 'phone' = any ($given::text[]) then excluded.phone else crew.phone end,
  vehicle = case when 'vehicle' = any ($given::text[]) then excluded.vehicle else crew.vehicle end,
  tracker_id = case when 'tracker_id' = any ($given::text[]) then excluded.tracker_id else crew.tracker_id end,
  on_loan_to = case when 'on_loan_to' = any ($given::text[]) then excluded.on_loan_to else crew.on_loan_to end,
  off_duty = coalesce($off_duty::boolean, crew.off_duty),
  geom = case when 'location' = any ($given::text[]) then excluded.geom else crew.geom end,
  version = crew.version + 1,
  updated_at = now()
