-- Notes a position of equipment, unless a newer one is known. Index: switch_state_pkey; one row, or none when stale.
insert into switch_state (equipment_id, state, commanded, at, said_by)
values ($equipment_id, $state, $commanded, $at, $said_by)
on conflict (equipment_id) do update
set
  state = excluded.state,
  commanded = excluded.commanded,
  at = excluded.at,
  said_by = excluded.said_by
where switch_state.at < excluded.at
