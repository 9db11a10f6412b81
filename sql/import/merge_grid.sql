-- The question: which grids are new, which changed? By primary key; hundreds of rows.
with merged as (
  insert into grid as kept (id, network_id, name, manager_name, manager_phone, station_id, geom)
  select id, $network_id::smallint, name, manager_name, manager_phone, station_id, geom
  from staged_grid
  on conflict (id) do update
  set network_id = excluded.network_id, name = excluded.name, manager_name = excluded.manager_name,
    manager_phone = excluded.manager_phone, station_id = excluded.station_id, geom = excluded.geom
  where (kept.network_id, kept.name, kept.manager_name, kept.manager_phone, kept.station_id, kept.geom)
    is distinct from
    (excluded.network_id, excluded.name, excluded.manager_name, excluded.manager_phone, excluded.station_id, excluded.geom)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;
