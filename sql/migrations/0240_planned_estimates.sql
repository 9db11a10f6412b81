-- Estimates from the storm plan in force: the plan applied last is looked for at every round, and what the plan itself gave is kept
-- beside what was said, as the model's is.

create index plan_applied on plan (applied_at) where applied_at is not null;
comment on column estimate_said.model_low_s is 'Seconds left at the 10th percentile as the model gave it, or the plan where source is plan; null where a person''s word was said';
