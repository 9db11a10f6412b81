-- What an incident shows of its reasons, and what a dispatcher's step can be taken back by.

alter table incident
  add column receipts jsonb not null default '[]',
  add column cause_code text;
comment on column incident.receipts is 'Each kind of evidence for and against the inferred device, with its log-likelihood ratio';
create index incident_device on incident (equipment_id, started_at);

create table incident_step (
  id bigint generated always as identity primary key,
  incident_id text not null references incident,
  step text not null constraint incident_step_kind check (step in ('confirm', 'merge', 'split', 'cancel')),
  incident_ids text[] not null,
  made_id text references incident,
  at timestamptz not null,
  actor text not null,
  last_evidence_id bigint not null,
  last_verdict_id bigint not null,
  seq_before bigint not null,
  seq bigint,
  undone_seq bigint,
  before jsonb not null
);
comment on table incident_step is 'A dispatcher''s steps of the last day with what they found, so that they can be taken back';
comment on column incident_step.made_id is 'The incident that the step made, for a split';
comment on column incident_step.seq is 'The event log''s newest number when the step was done; what follows may stand on it';
create index incident_step_incidents on incident_step using gin (incident_ids);
create index incident_step_at on incident_step (at);
