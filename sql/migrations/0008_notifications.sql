-- The outbox: a message owed is a row here, written with what it tells, then sent by a worker.

create table notification (
  id bigint generated always as identity primary key,
  matter text not null,
  incident_id text,
  service_point_id text not null,
  channel text not null,
  template text not null,
  language text not null,
  recipient text not null,
  words jsonb not null,
  state text not null default 'queued'
    constraint notification_state check (state in ('queued', 'sending', 'sent', 'delivered', 'dead', 'held')),
  tries smallint not null default 0,
  next_try_at timestamptz not null default now(),
  reason text,
  provider_id text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
comment on table notification is 'A message owed to a customer: one a matter, service point and channel, never twice';
create unique index notification_once on notification (matter, service_point_id, channel);
create index notification_due on notification (next_try_at, id) where state = 'queued';
create index notification_incident on notification (incident_id) where incident_id is not null;
create index notification_state on notification (state, id);
