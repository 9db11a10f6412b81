-- The question: which past incidents are new, which changed? By primary key; tens of thousands of rows.
with merged as (
  insert into incident_history as kept
    (id, network_id, started_at, restored_at, cause, equipment_kind, customers, district, storm, geom)
  select
    id, $network_id::smallint, started_at, restored_at, cause, equipment_kind, customers, district, storm,
    st_setsrid(st_makepoint(lon, lat), 4326)
  from staged_incident_history
  on conflict (id) do update
  set network_id = excluded.network_id, started_at = excluded.started_at, restored_at = excluded.restored_at,
    cause = excluded.cause, equipment_kind = excluded.equipment_kind, customers = excluded.customers,
    district = excluded.district, storm = excluded.storm, geom = excluded.geom
  where (kept.network_id, kept.started_at, kept.restored_at, kept.cause, kept.equipment_kind, kept.customers, kept.district,
      kept.storm, kept.geom)
    is distinct from
    (excluded.network_id, excluded.started_at, excluded.restored_at, excluded.cause, excluded.equipment_kind,
      excluded.customers, excluded.district, excluded.storm, excluded.geom)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;
