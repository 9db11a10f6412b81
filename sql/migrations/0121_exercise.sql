-- Marks a database as one for training: nothing in it is real, and nothing of it may reach a customer.

create table exercise (
  only_one boolean primary key default true constraint exercise_only_one check (only_one),
  marked_at timestamptz not null default now(),
  reason text not null constraint exercise_reason check (reason in ('exercise', 'replay'))
);
comment on table exercise is 'One row where this database is an exercise (演练); it is set before anything has happened and never taken back';
