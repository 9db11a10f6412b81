-- Storm plans as they were laid before a dispatcher, and what each offer would have been without crossing a boundary.

create table plan (
  id text primary key,
  made_at timestamptz not null,
  made_by text not null,
  event_seq bigint not null,
  stands_on jsonb not null,
  view jsonb not null,
  applied_at timestamptz,
  applied_by text
);
comment on table plan is 'A plan for all open incidents; nothing of it is dispatched before somebody applies it';
comment on column plan.event_seq is 'The last event of the log that the plan knew of';
comment on column plan.stands_on is 'The state of each incident, crew and road closure that it was made for: where that has changed it is stale';
create index plan_made on plan (made_at);

alter table assignment
  add column plan_id text references plan on delete set null,
  add column home_arrives_at timestamptz,
  add column customers_at_offer integer,
  add column handed_from text references assignment;
comment on column assignment.home_arrives_at is 'When the best crew of the incident''s own district would have arrived, as known at the offer; what crossing saves is reckoned from it';
create index assignment_crossing on assignment (accepted_at) where crosses_boundary;
