-- The question: which transformers are new, which changed? By primary key; 30,000 rows at city scale. District and grid are
-- found in district_piece and grid_piece (GiST), the feeder at the transformer's node where the file has none.
with placed as (
  select staged.*, graph_node.feeder_id as node_feeder_id, st_setsrid(st_makepoint(lon, lat), 4326) as geom
  from staged_transformer as staged
  left join graph_node using (node)
),
merged as (
  insert into transformer as kept
    (id, network_id, name, node, feeder_id, kva, owner, aliases, address_key, district_code, grid_id, geom)
  select
    id, $network_id::smallint, name, node, coalesce(feeder_id, node_feeder_id), kva, coalesce(owner, 'utility'),
    coalesce(aliases, '{}'), fold_address(concat_ws(' ', name, array_to_string(aliases, ' '))),
    (select code from district_piece as piece where st_covers(piece.geom, placed.geom) order by piece.rank limit 1),
    (select piece.id from grid_piece as piece where st_covers(piece.geom, placed.geom) order by piece.rank limit 1),
    geom
  from placed
  on conflict (id) do update
  set network_id = excluded.network_id, name = excluded.name, node = excluded.node, feeder_id = excluded.feeder_id,
    kva = excluded.kva, owner = excluded.owner, aliases = excluded.aliases, address_key = excluded.address_key,
    district_code = excluded.district_code, grid_id = excluded.grid_id, geom = excluded.geom
  where (kept.network_id, kept.name, kept.node, kept.feeder_id, kept.kva, kept.owner, kept.aliases, kept.address_key,
      kept.district_code, kept.grid_id, kept.geom)
    is distinct from
    (excluded.network_id, excluded.name, excluded.node, excluded.feeder_id, excluded.kva, excluded.owner, excluded.aliases,
      excluded.address_key, excluded.district_code, excluded.grid_id, excluded.geom)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new) as new, count(*) filter (where not is_new) as changed from merged;
