-- The question: which crews are new, which changed? By primary key; hundreds of rows. A crew that has sent a position stays
-- where it is: the file only knows where it starts from.
with merged as (
  insert into crew as kept
    (id, network_id, name, station_id, home_district, skills, shift_start, shift_end, members, phone, vehicle, geom)
  select
    id, $network_id::smallint, name, station_id, home_district, coalesce(skills, '{}'), shift_start, shift_end, members, phone,
    vehicle, st_setsrid(st_makepoint(lon, lat), 4326)
  from staged_crew
  on conflict (id) do update
  set network_id = excluded.network_id, name = excluded.name, station_id = excluded.station_id,
    home_district = excluded.home_district, skills = excluded.skills, shift_start = excluded.shift_start,
    shift_end = excluded.shift_end, members = excluded.members, phone = excluded.phone, vehicle = excluded.vehicle,
    geom = case when kept.position_at is null then excluded.geom else kept.geom end,
    version = kept.version + 1, updated_at = now()
  where (kept.network_id, kept.name, kept.station_id, kept.home_district, kept.skills, kept.shift_start, kept.shift_end,
      kept.members, kept.phone, kept.vehicle, case when kept.position_at is null then kept.geom end)
    is distinct from
    (excluded.network_id, excluded.name, excluded.station_id, excluded.home_district, excluded.skills, excluded.shift_start,
      excluded.shift_end, excluded.members, excluded.phone, excluded.vehicle,
      case when kept.position_at is null then excluded.geom end)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;
