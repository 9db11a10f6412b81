-- The question: which road edges of the network are new, which changed? By (network_id, from_node, to_node, ordinal);
-- 300,000 rows at city scale. An edge that is not drawn runs straight between its nodes.
with numbered as (
  select *, row_number() over (partition by from_node, to_node order by line) - 1 as ordinal
  from staged_road_edge
),
merged as (
  insert into road_edge as kept (network_id, ordinal, from_node, to_node, length_m, time_s, oneway, name, class, geom)
  select
    $network_id::smallint, ordinal, from_node, to_node, length_m, time_s, coalesce(oneway, false), numbered.name, class,
    coalesce(numbered.geom, st_makeline(head.geom, tail.geom))
  from numbered
  join road_node as head on head.network_id = $network_id and head.node = numbered.from_node
  join road_node as tail on tail.network_id = $network_id and tail.node = numbered.to_node
  order by line
  on conflict (network_id, from_node, to_node, ordinal) do update
  set length_m = excluded.length_m, time_s = excluded.time_s, oneway = excluded.oneway, name = excluded.name,
    class = excluded.class, geom = excluded.geom
  where (kept.length_m, kept.time_s, kept.oneway, kept.name, kept.class, kept.geom)
    is distinct from
    (excluded.length_m, excluded.time_s, excluded.oneway, excluded.name, excluded.class, excluded.geom)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;
