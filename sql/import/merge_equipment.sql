-- The question: which equipment is new, which changed? By primary key; 150,000 rows at city scale.
with merged as (
  insert into equipment as kept (id, network_id, kind, from_node, to_node, feeder_id, name, normal_state, telemetered, geom)
  select
    id, $network_id::smallint, kind, from_node, to_node, feeder_id, name,
    coalesce(normal_state, 'closed'), coalesce(telemetered, false), geom
  from staged_equipment
  on conflict (id) do update
  set network_id = excluded.network_id, kind = excluded.kind, from_node = excluded.from_node, to_node = excluded.to_node,
    feeder_id = excluded.feeder_id, name = excluded.name, normal_state = excluded.normal_state,
    telemetered = excluded.telemetered, geom = excluded.geom
  where (kept.network_id, kept.kind, kept.from_node, kept.to_node, kept.feeder_id, kept.name, kept.normal_state,
      kept.telemetered, kept.geom)
    is distinct from
    (excluded.network_id, excluded.kind, excluded.from_node, excluded.to_node, excluded.feeder_id, excluded.name,
      excluded.normal_state, excluded.telemetered, excluded.geom)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;
