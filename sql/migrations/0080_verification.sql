-- Whether supply is really back after a restoration: by whom it was verified, and what customers answered when asked.

alter table incident
  add column verified_by text constraint incident_verified_by check (verified_by in ('answers', 'silence', 'dispatcher'));
comment on column incident.verified_by is 'Who said that all is well: meters and customers of the area, their silence, or a dispatcher';
create index incident_unverified on incident (restored_at) where status = 'restored' and verified_at is null;

create table supply_answer (
  incident_id text not null references incident,
  service_point_id text not null,
  at timestamptz not null,
  has_supply boolean not null,
  said_by text not null,
  primary key (incident_id, service_point_id)
);
comment on table supply_answer is 'What a customer answered when asked whether supply is really back; the newest word of each';
