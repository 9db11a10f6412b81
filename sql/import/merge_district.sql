-- The question: which districts are new, which changed? By primary key; tens of rows.
with merged as (
  insert into district as kept (code, network_id, name, kind, parent, geom)
  select code, $network_id::smallint, name, coalesce(kind, 'urban'), parent, geom
  from staged_district
  on conflict (code) do update
  set network_id = excluded.network_id, name = excluded.name, kind = excluded.kind, parent = excluded.parent, geom = excluded.geom
  where (kept.network_id, kept.name, kept.kind, kept.parent, kept.geom)
    is distinct from (excluded.network_id, excluded.name, excluded.kind, excluded.parent, excluded.geom)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;
