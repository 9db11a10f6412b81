-- Who has what open at a desk just now, and the indices that tell who changed a planned outage, a request or the settings of dispatch.

create unlogged table presence (
  screen text primary key,
  name text not null,
  incident_id text,
  doing text,
  since timestamptz not null,
  seen_at timestamptz not null
);
comment on table presence is 'One row a desk that is open now, gone within a minute of its last word; nothing of it outlives a crash of the database, so it is unlogged';
comment on column presence.screen is 'A number that the desk made for itself when it was opened: one person may have two';
create index presence_seen_at on presence (seen_at);

create index event_log_subject on event_log (subject_id, seq) where name in ('planned', 'request');
create index event_log_settings on event_log (seq) where subject_id = 'dispatch_settings';
