-- The question: which road nodes of the network does the newer folder no longer have? They go.
delete from road_node as kept
where kept.network_id = $network_id
  and not exists (select from staged_road_node as staged where staged.node = kept.node);
