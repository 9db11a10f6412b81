-- Puts a newer plan in force; no row tells the server that another was first, or that it was switched off. One row.
update standing_plan
set
  plan_id = $plan_id,
  event_seq = $event_seq
where is_on
  and plan_id is not distinct from $before
