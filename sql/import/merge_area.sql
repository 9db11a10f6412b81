-- The question: which areas did the utility draw anew or change? By primary key; 30,000 rows at city scale.
with merged as (
  insert into area as kept (transformer_id, derived, geom)
  select transformer_id, false, geom
  from staged_area
  on conflict (transformer_id) do update
  set derived = false, geom = excluded.geom
  where kept.derived or kept.geom is distinct from excluded.geom
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;
