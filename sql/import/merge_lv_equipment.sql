-- The question: which low-voltage parts are new, which changed? By primary key; 400,000 rows at city scale.
with merged as (
  insert into lv_equipment as kept (id, transformer_id, kind, parent_id, name, geom)
  select id, transformer_id, kind, parent_id, name, st_setsrid(st_makepoint(lon, lat), 4326)
  from staged_lv_equipment
  on conflict (id) do update
  set transformer_id = excluded.transformer_id, kind = excluded.kind, parent_id = excluded.parent_id,
    name = excluded.name, geom = excluded.geom
  where (kept.transformer_id, kept.kind, kept.parent_id, kept.name, kept.geom)
    is distinct from (excluded.transformer_id, excluded.kind, excluded.parent_id, excluded.name, excluded.geom)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;
