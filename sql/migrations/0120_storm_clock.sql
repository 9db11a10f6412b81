-- The clock of a replayed storm: a transaction of a replay says what time it is, and every default that means the present uses
-- it. Without one, all is as before.

create function storm_now() returns timestamptz
  language sql
  stable
as $$
  select nullif(current_setting('relight.now', true), '')::timestamptz
$$;
comment on function storm_now is 'The storm''s time in a replay''s transaction, else null';

alter table event_log alter column at set default coalesce(storm_now(), clock_timestamp());
alter table evidence alter column received_at set default coalesce(storm_now(), now());
alter table incident alter column updated_at set default coalesce(storm_now(), now());
alter table incident_note alter column at set default coalesce(storm_now(), now());
alter table report alter column received_at set default coalesce(storm_now(), now());
alter table report_location alter column at set default coalesce(storm_now(), now());
alter table report_verdict alter column at set default coalesce(storm_now(), now());
alter table crew_position alter column received_at set default coalesce(storm_now(), now());
alter table assignment alter column offered_at set default coalesce(storm_now(), now());
alter table matter alter column created_at set default coalesce(storm_now(), now());
alter table notification
  alter column created_at set default coalesce(storm_now(), now()),
  alter column next_try_at set default coalesce(storm_now(), now());

create table replay (
  only_one boolean primary key default true constraint replay_only_one check (only_one),
  file text not null,
  policy text not null,
  storm_at timestamptz not null,
  told_at timestamptz not null,
  speed real not null,
  crews jsonb not null default '{}'
);
comment on table replay is 'The storm that was played into this database, and how far its clock is: storm_at at told_at of the wall''s time, going on at speed';
comment on column replay.crews is 'Where each crew stood before the first storm, as [longitude, latitude] by id: another storm begins there';
