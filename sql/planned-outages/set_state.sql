-- Takes a planned outage a step on, unless somebody else did so first. Index: planned_outage_pkey; one row, or none for the loser.
update planned_outage
set
  state = $state,
  started_at = coalesce($started_at::timestamptz, planned_outage.started_at),
  ended_at = coalesce($ended_at::timestamptz, planned_outage.ended_at),
  note = coalesce($note, planned_outage.note),
  joined_into = coalesce($joined_into, planned_outage.joined_into),
  version = planned_outage.version + 1,
  updated_at = $now
where planned_outage.id = $id
  and planned_outage.state = $from
