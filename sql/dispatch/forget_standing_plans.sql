-- Drops plans that were in force a while ago and that nobody applied: one an event would fill the table in a storm.
-- Index: plan_made; some hundred rows.
delete from plan
where plan.made_at < $before
  and plan.made_by = $by
  and plan.applied_at is null
  and not exists (
    select
    from standing_plan as standing
    where standing.plan_id = plan.id
  )
