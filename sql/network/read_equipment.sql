-- All equipment, for the graph in memory. Sequential; 100,000 rows at city scale.
select
  equipment.id,
  equipment.kind,
  equipment.network_id || '/' || equipment.from_node as from_node,
  equipment.network_id || '/' || equipment.to_node as to_node,
  equipment.feeder_id,
  equipment.normal_state,
  equipment.telemetered
from equipment
order by equipment.id
