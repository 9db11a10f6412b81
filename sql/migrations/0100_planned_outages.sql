-- Planned outages entered here as well as imported: how far each has come, which of them were joined into one, and the ground
-- that each was traced to on the actual switching. Interruptions belong to an incident or to a planned outage.

alter table planned_outage
  drop constraint planned_outage_state,
  add constraint planned_outage_state check (state in ('announced', 'started', 'ended', 'cancelled', 'joined')),
  add column notice text not null default 'planned'
    constraint planned_outage_notice check (notice in ('planned', 'temporary')),
  add column notice_waiver text,
  add column parts jsonb not null default '[]',
  add column announced_at timestamptz not null default now(),
  add column announced_by text not null default 'import',
  add column started_at timestamptz,
  add column ended_at timestamptz,
  add column note text,
  add column joined_into text references planned_outage,
  add column version integer not null default 1,
  add column updated_at timestamptz not null default now();
comment on table planned_outage is 'A loss of supply announced ahead; what is switched off, traced to customers in planned_ground';
comment on column planned_outage.notice is 'Which public notice period it owes: seven days for planned work, 24 hours for temporary work';
comment on column planned_outage.notice_waiver is 'Why it was announced later than that, in the words of whoever did so';
comment on column planned_outage.parts is 'Of one that others were joined into: each one''s equipment, transformers and end; empty for a plain one';
comment on column planned_outage.started_at is 'When supply was really switched off; null while only announced';
create index planned_outage_starts on planned_outage (starts_at, id);

create table planned_ground (
  planned_outage_id text not null references planned_outage on delete cascade,
  transformer_id text not null,
  customers integer not null default 0,
  critical integer not null default 0,
  ends_at timestamptz,
  back_at timestamptz,
  primary key (planned_outage_id, transformer_id)
);
comment on table planned_ground is 'The transformers that a planned outage leaves without supply as switched now; kept by tracing, read by all who ask';
comment on column planned_ground.customers is 'Service points connected there when it was traced';
comment on column planned_ground.ends_at is 'Where this part ends before the whole; null where it ends with it';
comment on column planned_ground.back_at is 'When supply really came back here';
create index planned_ground_transformer on planned_ground (transformer_id) where back_at is null;

alter table interruption
  alter column incident_id drop not null,
  add column planned_outage_id text references planned_outage,
  add constraint interruption_one_reason check (num_nonnulls(incident_id, planned_outage_id) = 1);
create index interruption_planned on interruption (planned_outage_id) where planned_outage_id is not null;

alter table matter add column planned_outage_id text;
create index matter_planned on matter (planned_outage_id) where planned_outage_id is not null;

alter table event_log
  drop constraint event_log_name,
  add constraint event_log_name
    check (name in ('report', 'incident', 'assignment', 'crew', 'estimate', 'notification', 'clock', 'network', 'planned'));
