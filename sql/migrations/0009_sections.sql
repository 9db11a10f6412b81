-- Sections of the network judged together under one lock: a feeder, or a transformer that belongs to none.

create table section (
  name text primary key,
  epoch bigint not null default 0
);
comment on table section is 'Its row is the lock under which a section''s evidence is heard and its incidents are written';
comment on column section.epoch is 'Rises whenever evidence was cleared or equipment switched, so that every server hears the rest anew';

create index evidence_report on evidence (report_id) where report_id is not null;
