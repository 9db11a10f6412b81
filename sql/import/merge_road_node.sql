-- The question: which road nodes of the network are new, which moved? By primary key; 200,000 rows at city scale.
with merged as (
  insert into road_node as kept (network_id, node, geom)
  select $network_id::smallint, node, st_setsrid(st_makepoint(lon, lat), 4326)
  from staged_road_node
  on conflict (network_id, node) do update
  set geom = excluded.geom
  where kept.geom is distinct from excluded.geom
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;
