-- Drops plans that nobody applied once they are too old to be of use. Index: plan_made; a day's plans.
delete from plan
where plan.made_at < $before
  and plan.applied_at is null
