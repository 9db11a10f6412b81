-- Trouble calls as they came in, where they were located and what they were judged to be. Nothing here is ever edited.

create table report (
  id text primary key,
  channel text not null constraint report_channel check (channel in ('hotline', 'web', 'wechat', 'app', 'sms', 'crew')),
  account_no text,
  meter_no text,
  phone text,
  address text,
  geom geometry(point, 4326),
  symptom text not null constraint report_symptom check (symptom in ('no_power', 'part_power', 'dim', 'hazard')),
  said text,
  reported_at timestamptz not null,
  received_at timestamptz not null default now(),
  taken_by text not null,
  follow_token text not null unique,
  repeats text references report
);
comment on table report is 'One customer''s trouble call (故障报修); repeats names the first call of the same caller about the same matter';
create index report_received on report (received_at);

create table report_location (
  id bigint generated always as identity primary key,
  report_id text not null references report,
  service_point_id text,
  transformer_id text references transformer,
  method text not null
    constraint report_location_method check (method in ('account', 'meter', 'phone', 'address', 'inside_area', 'nearest_area', 'by_hand', 'none')),
  distance_m real,
  confidence real not null,
  candidates jsonb not null default '[]',
  located_by text not null,
  at timestamptz not null default now()
);
comment on table report_location is 'Where a report was placed; the newest row counts, earlier ones stay';
create index report_location_report on report_location (report_id, id desc);
create index report_location_service_point on report_location (service_point_id) where service_point_id is not null;

create table report_verdict (
  id bigint generated always as identity primary key,
  report_id text not null references report,
  kind text not null
    constraint report_verdict_kind check (kind in
      ('nonpayment', 'planned', 'known_incident', 'customer_side', 'new_incident', 'verify_first', 'unlocated')),
  rule text not null,
  says jsonb not null,
  evidence jsonb not null default '[]',
  incident_id text references incident,
  at timestamptz not null default now()
);
comment on table report_verdict is 'What a report was judged to mean (停电研判), with its rule and receipts; the newest row counts';
create index report_verdict_report on report_verdict (report_id, id desc);
create index report_verdict_incident on report_verdict (incident_id) where incident_id is not null;
create index report_verdict_kind on report_verdict (kind, at);
