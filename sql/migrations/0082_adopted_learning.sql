-- What the inference has been told to take for granted instead of its own figures: adopted by a person, never by itself.

create table adopted_learning (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  adopted_by text not null,
  kind_shares jsonb not null,
  call_rates jsonb not null,
  failures integer not null,
  note text
);
comment on table adopted_learning is 'Shares of failures by kind of device and how readily people call; the newest row counts';
comment on column adopted_learning.failures is 'Failures that were counted when it was adopted';
