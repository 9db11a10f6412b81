-- What crews photographed on site. In the database, so that a commit, a backup and a second server have the picture with its row.

create table photograph (
  id text primary key,
  assignment_id text not null references assignment,
  incident_id text not null references incident,
  crew_id text not null references crew,
  taken_at timestamptz not null,
  received_at timestamptz not null,
  media_type text not null constraint photograph_media_type check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  picture bytea not null constraint photograph_size check (octet_length(picture) between 1 and 2000000)
);
comment on table photograph is 'A picture a crew took for an assignment; taken_at is the phone''s time of the press, received_at the server''s';
alter table photograph alter column picture set storage external;
create index photograph_incident on photograph (incident_id, taken_at);
create index photograph_assignment on photograph (assignment_id);
