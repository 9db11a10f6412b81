-- Snapshots kept every few thousand events: any moment of the past is one of them and the events after it.

create table past_snapshot (
  seq bigint primary key,
  at timestamptz not null,
  snapshot jsonb not null
);
comment on table past_snapshot is 'What screens were given at an instant; seq is the last event in it. Written by keep_snapshot.sql only, never changed';
create index past_snapshot_at on past_snapshot (at);
