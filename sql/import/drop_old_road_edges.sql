-- The question: which road edges of the network does the newer folder no longer have? They go.
with numbered as (
  select from_node, to_node, row_number() over (partition by from_node, to_node order by line) - 1 as ordinal
  from staged_road_edge
)
delete from road_edge as kept
where kept.network_id = $network_id
  and not exists (
    select from numbered
    where (numbered.from_node, numbered.to_node, numbered.ordinal) = (kept.from_node, kept.to_node, kept.ordinal)
  );
