-- What customers ask for beside trouble calls: complaints, questions and the rest, each with an owner and a deadline.

create table request (
  id text primary key,
  kind text not null constraint request_kind check (kind in ('complaint', 'question', 'other')),
  said text not null,
  channel text not null,
  service_point_id text,
  account_no text,
  phone text,
  grid_id text,
  received_at timestamptz not null,
  due_at timestamptz not null,
  warned_at timestamptz,
  owner text not null,
  first_owner text,
  state text not null default 'open' constraint request_state check (state in ('open', 'answered')),
  answer text,
  answered_at timestamptz,
  explained smallint not null default 0,
  follow_token text not null unique
);
comment on table request is 'A complaint, question or other request of a customer; its owner is found by grid, its deadline by kind';
comment on column request.first_owner is 'The first who took it: answerable to the end, whoever works on it (首问负责)';
comment on column request.due_at is 'When it must be answered; an explanation before then may put it off';
create index request_open on request (due_at, id) where state = 'open';
create index request_received on request (received_at);
create index request_service_point on request (service_point_id) where service_point_id is not null;

create table request_step (
  id bigint generated always as identity primary key,
  request_id text not null references request,
  step text not null constraint request_step_kind check (step in ('received', 'taken', 'handed_over', 'explained', 'answered')),
  actor text not null,
  owner text not null,
  note text,
  at timestamptz not null
);
comment on table request_step is 'The way of a request between people and departments: each step with who had it afterwards';
create index request_step_request on request_step (request_id, id);

-- The names of events are a closed list in the contract, one place to add to.
alter table event_log
  drop constraint event_log_name,
  add constraint event_log_name check (name ~ '^[a-z_]+$');
