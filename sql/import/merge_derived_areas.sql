-- The question: which derived areas are new, which changed? By primary key; 30,000 rows at city scale, back in degrees.
with whole as (
  select transformer_id, st_union(geom) as geom from area_part group by transformer_id
),
placed as (
  select transformer_id,
    st_multi(st_collectionextract(st_makevalid(st_setsrid(
      st_affine(whole.geom, 1 / lon_m, 0, 0, 1 / lat_m, lon, lat), 4326)), 3)) as geom
  from whole cross join area_frame
),
merged as (
  insert into area as kept (transformer_id, derived, geom)
  select transformer_id, true, geom from placed where not st_isempty(geom)
  on conflict (transformer_id) do update
  set geom = excluded.geom
  where kept.derived and kept.geom is distinct from excluded.geom
  returning xmax = 0 as is_new, st_numgeometries(geom) as parts
)
select
  count(*) filter (where is_new) as new,
  count(*) filter (where not is_new) as changed,
  count(*) filter (where parts > 1) as several
from merged;
