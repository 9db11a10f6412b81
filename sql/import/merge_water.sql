-- The question: which waters are new, which changed? By primary key; tens of rows. A water without an identifier is
-- known by its line.
with merged as (
  insert into ground_water as kept (id, network_id, name, geom)
  select coalesce(id, format('%s/%s', $network_id::smallint, line)), $network_id::smallint, name, geom
  from staged_water
  on conflict (id) do update
  set network_id = excluded.network_id, name = excluded.name, geom = excluded.geom
  where (kept.network_id, kept.name, kept.geom) is distinct from (excluded.network_id, excluded.name, excluded.geom)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;
