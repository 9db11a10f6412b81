-- What the model itself gave beside what was said: its estimates are moved by what recent ones missed, and that is reckoned from
-- what it gave, not from what was moved already.

alter table estimate_said
  add column model_low_s float8,
  add column model_middle_s float8,
  add column model_high_s float8;
comment on column estimate_said.model_low_s is 'Seconds left at the 10th percentile as the model gave it; null where a person''s word was said';
comment on column estimate_said.model_middle_s is 'The same at the 50th';
comment on column estimate_said.model_high_s is 'The same at the 90th';
create index estimate_said_by_model on estimate_said (said_at) where model_middle_s is not null;
