-- Incidents, the evidence behind them, and the interruptions that they mean for each service point.

create sequence incident_number;

create table incident (
  id text primary key,
  number bigint not null default nextval('incident_number'),
  status text not null
    constraint incident_status check (status in ('suspected', 'probable', 'confirmed', 'partly_restored', 'restored', 'closed', 'cancelled')),
  hazard boolean not null default false,
  equipment_id text not null,
  equipment_kind text not null
    constraint incident_equipment_kind check (equipment_kind in
      ('breaker', 'recloser', 'switch', 'fuse', 'line', 'transformer', 'lv_branch', 'meter_box', 'service_point')),
  feeder_id text,
  section text not null,
  network_id smallint references network,
  district_code text,
  transformer_ids text[] not null,
  probability real not null default 1,
  rivals jsonb not null default '[]',
  next_check jsonb,
  customers_affected integer not null default 0,
  customers_out integer not null default 0,
  critical_customers integer not null default 0,
  started_at timestamptz not null,
  confirmed_at timestamptz,
  restored_at timestamptz,
  verified_at timestamptz,
  closed_at timestamptz,
  cause text,
  cause_note text,
  estimate_at timestamptz,
  estimate_low timestamptz,
  estimate_high timestamptz,
  estimate_source text,
  parent_id text references incident,
  merged_into text references incident,
  call_taker text,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  geom geometry(point, 4326) not null
);
comment on table incident is 'One loss of supply behind one device, inferred or confirmed';
comment on column incident.section is 'The part of the network judged together under one lock: the feeder, or the transformer where it has none';
comment on column incident.parent_id is 'The incident this one is nested in: still out after it was restored';
create unique index incident_one_open_per_device on incident (equipment_id)
  where status in ('suspected', 'probable', 'confirmed', 'partly_restored') and not hazard;
create index incident_open on incident (section) where status not in ('closed', 'cancelled');
create index incident_status_started on incident (status, started_at);
create index incident_started on incident (started_at);
create index incident_geom on incident using gist (geom);

create table evidence (
  id bigint generated always as identity primary key,
  section text not null,
  kind text not null constraint evidence_kind check (kind in ('report', 'power_off', 'power_on', 'telemetry', 'crew', 'dispatcher')),
  at timestamptz not null,
  received_at timestamptz not null default now(),
  service_point_id text,
  transformer_id text,
  equipment_id text,
  report_id text,
  state text,
  commanded boolean,
  symptom text,
  incident_id text references incident,
  cleared_at timestamptz
);
comment on table evidence is 'What was heard about one section of the network: never edited but for the incident it was counted to and when it was cleared';
create index evidence_live on evidence (section, at) where cleared_at is null;
create index evidence_incident on evidence (incident_id) where incident_id is not null;
create unique index evidence_meter_once on evidence (service_point_id, kind, at) where kind in ('power_off', 'power_on');

create table meter_state (
  service_point_id text primary key,
  kind text not null constraint meter_state_kind check (kind in ('power_off', 'power_on')),
  at timestamptz not null
);
comment on table meter_state is 'The newest word of each meter that has spoken';

create table interruption (
  id bigint generated always as identity primary key,
  incident_id text not null references incident,
  service_point_id text not null,
  transformer_id text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  constraint interruption_order check (ended_at is null or ended_at >= started_at)
);
comment on table interruption is 'One service point''s time without supply (IEEE 1366); written by set_interruptions() only';
create unique index interruption_one_open on interruption (service_point_id) where ended_at is null;
create index interruption_incident on interruption (incident_id);
create index interruption_open_transformer on interruption (transformer_id) where ended_at is null;
create index interruption_time on interruption (started_at, ended_at);

create table incident_note (
  id bigint generated always as identity primary key,
  incident_id text not null references incident,
  at timestamptz not null default now(),
  actor text not null,
  kind text not null,
  body jsonb not null
);
comment on table incident_note is 'What a crew found, a photograph''s name, a hand-over: kept with the incident';
create index incident_note_incident on incident_note (incident_id, at);
