-- Notes who applied a plan, or a part of it, last. Index: plan_pkey; one row.
update plan
set
  applied_at = $at,
  applied_by = $by
where plan.id = $id
