-- The question: which sources are new, which changed? By primary key; hundreds of rows.
with merged as (
  insert into source as kept (network_id, node, substation_id, substation_name, geom)
  select $network_id::smallint, node, substation_id, substation_name, st_setsrid(st_makepoint(lon, lat), 4326)
  from staged_source
  on conflict (network_id, node) do update
  set substation_id = excluded.substation_id, substation_name = excluded.substation_name, geom = excluded.geom
  where (kept.substation_id, kept.substation_name, kept.geom)
    is distinct from (excluded.substation_id, excluded.substation_name, excluded.geom)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;
