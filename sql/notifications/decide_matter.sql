-- Approves or refuses a held matter; whoever comes second gets no row. Index: matter_pkey; one row.
update matter
set
  state = $state,
  decided_by = $decided_by
where matter.id = $matter_id
  and matter.state = 'held'
returning matter.id, matter.key, matter.incident_id
