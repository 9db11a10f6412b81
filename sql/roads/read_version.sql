-- Have the roads changed since they were read? Counts, the newest edge and the latest import tell.
-- Index: the primary keys, read whole; asked after an import, not in a loop. Rows: one.
select
  (select count(*) from road_node) as nodes,
  (select count(*) from road_edge) as edges,
  (select coalesce(max(id), 0) from road_edge) as newest_edge,
  (select max(imported_at) from network) as imported_at
