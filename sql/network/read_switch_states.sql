-- The last known position of everything that was ever switched. Index: switch_state_pkey; some hundred rows.
select
  switch_state.equipment_id,
  switch_state.state,
  switch_state.at
from switch_state
