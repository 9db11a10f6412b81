-- Lifts a closure that stands; one that does not, or was lifted by somebody else a moment ago, gives no row.
-- In: id, lifted_at. Index: the primary key. Rows: one or none.
update road_closure
set lifted_at = $lifted_at
where id = $id
  and lifted_at is null
returning id
