-- The plan that is kept in force: made again at every event while a dispatcher has it switched on. It offers nothing by itself.

create table standing_plan (
  only_one boolean primary key default true constraint standing_plan_one check (only_one),
  is_on boolean not null default false,
  changed_by text,
  changed_at timestamptz,
  plan_id text references plan on delete set null,
  event_seq bigint not null default 0
);
comment on table standing_plan is 'One row: whether a plan is kept in force, and the newest one';
comment on column standing_plan.event_seq is 'The last event of the log that the plan knew of: a later one that matters makes it again';
insert into standing_plan default values;
