-- The event log that every write appends to, and the answers remembered for repeated writes.

create table event_log (
  xid xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  name text not null
    constraint event_log_name check (name in ('report', 'incident', 'assignment', 'crew', 'estimate', 'notification', 'clock', 'network')),
  step text not null,
  subject_id text not null,
  incident_id text,
  actor text not null,
  data jsonb not null
);
comment on table event_log is 'Append only. xid stands before seq so that a writer owns a transaction id before it owns a number';
comment on column event_log.step is 'What happened to the subject, a verb in the past: opened, confirmed, offered, arrived …';
create index event_log_incident on event_log (incident_id, seq) where incident_id is not null;
create index event_log_at on event_log (at);

create table idempotency (
  key text not null,
  caller text not null,
  route text not null,
  body_hash text not null,
  status smallint,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (caller, key)
);
comment on table idempotency is 'What a write with an Idempotency-Key answered, kept for a day';
create index idempotency_created on idempotency (created_at);
