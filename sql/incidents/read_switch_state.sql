-- The last known position of one piece of equipment. Index: equipment_pkey, switch_state_pkey; one row.
select
  equipment.id,
  equipment.kind,
  equipment.feeder_id,
  coalesce(switch_state.state, equipment.normal_state) as state,
  switch_state.at
from equipment
left join switch_state
  on switch_state.equipment_id = equipment.id
where equipment.id = $equipment_id
