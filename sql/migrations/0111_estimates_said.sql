-- Every estimate that was published, as it was said: the ledger scores them once supply is back.

create table estimate_said (
  id bigint generated always as identity primary key,
  incident_id text not null references incident,
  said_at timestamptz not null,
  at timestamptz not null,
  low timestamptz not null,
  high timestamptz not null,
  source text not null,
  cause text not null,
  stage text not null
);
comment on table estimate_said is 'An estimate as published, with the cause and the crew''s stage as known then; never edited';
create index estimate_said_incident on estimate_said (incident_id);
create index incident_restored_at on incident (restored_at) where restored_at is not null;
