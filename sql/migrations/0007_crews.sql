-- Repair crews, where they are, and their assignments.

create table crew (
  id text primary key,
  network_id smallint references network,
  name text not null,
  station_id text,
  home_district text,
  skills text[] not null default '{}',
  shift_start time,
  shift_end time,
  members integer,
  phone text,
  vehicle text,
  tracker_id text unique,
  on_loan_to text,
  off_duty boolean not null default false,
  geom geometry(point, 4326) not null,
  position_at timestamptz,
  heading real,
  speed_mps real,
  version integer not null default 1,
  updated_at timestamptz not null default now()
);
comment on table crew is 'A repair crew (抢修班组); geom is its newest position by the position''s own time, its station before the first one';

create table crew_position (
  crew_id text not null references crew,
  at timestamptz not null,
  received_at timestamptz not null default now(),
  accuracy_m real,
  speed_mps real,
  heading real,
  source text not null,
  geom geometry(point, 4326) not null,
  primary key (crew_id, at)
);
comment on table crew_position is 'The track of each crew, for replay; one row an instant';

create table assignment (
  id text primary key,
  incident_id text not null references incident,
  crew_id text not null references crew,
  role text not null default 'lead' constraint assignment_role check (role in ('lead', 'support')),
  status text not null default 'offered'
    constraint assignment_status check (status in
      ('offered', 'accepted', 'en_route', 'on_site', 'finished', 'declined', 'withdrawn', 'expired')),
  offered_by text not null,
  offered_at timestamptz not null default now(),
  answer_by timestamptz,
  accepted_at timestamptz,
  departed_at timestamptz,
  arrived_at timestamptz,
  finished_at timestamptz,
  ended_at timestamptz,
  reason text,
  travel_s real,
  distance_m real,
  method text constraint assignment_method check (method in ('road', 'straight_line')),
  crosses_boundary boolean not null default false,
  promised_at timestamptz,
  arrives_at timestamptz,
  route jsonb,
  findings jsonb
);
comment on table assignment is 'One crew''s job on one incident (抢修工单)';
create unique index assignment_one_active_per_crew on assignment (crew_id) where status in ('offered', 'accepted', 'en_route', 'on_site');
create unique index assignment_one_lead_per_incident on assignment (incident_id)
  where role = 'lead' and status in ('offered', 'accepted', 'en_route', 'on_site');
create index assignment_incident on assignment (incident_id);
create index assignment_offered on assignment (offered_at);
