-- The grid as the utility hands it over: districts, feeders' equipment, transformers, what hangs below them, who is supplied.

create table network (
  id smallint generated always as identity primary key,
  name text not null unique,
  timezone text not null,
  source text,
  licence text,
  imported_at timestamptz not null default now()
);
comment on table network is 'One imported folder, known by the name in its network.json; the time zone gives shifts and quiet hours their meaning';

create table district (
  code text primary key,
  network_id smallint not null references network,
  name text not null,
  kind text not null default 'urban' constraint district_kind check (kind in ('urban', 'rural', 'remote')),
  parent text,
  geom geometry(multipolygon, 4326) not null
);
comment on table district is 'Administrative boundary; its kind decides which arrival promise holds';
create index district_geom on district using gist (geom);

create table grid (
  id text primary key,
  network_id smallint not null references network,
  name text not null,
  manager_name text,
  manager_phone text,
  station_id text,
  geom geometry(multipolygon, 4326) not null
);
comment on table grid is 'A customer manager''s patch (网格)';
create index grid_geom on grid using gist (geom);

create table source (
  network_id smallint not null references network,
  node text not null,
  substation_id text not null,
  substation_name text,
  geom geometry(point, 4326),
  primary key (network_id, node)
);
comment on table source is 'A node of the connectivity graph that is fed from outside: a substation busbar';

create table equipment (
  id text primary key,
  network_id smallint not null references network,
  kind text not null constraint equipment_kind check (kind in ('breaker', 'recloser', 'switch', 'fuse', 'line')),
  from_node text not null,
  to_node text not null,
  feeder_id text,
  name text,
  normal_state text not null default 'closed' constraint equipment_normal_state check (normal_state in ('closed', 'open')),
  telemetered boolean not null default false,
  geom geometry(linestring, 4326)
);
comment on table equipment is 'An edge of the medium-voltage connectivity graph';
create index equipment_feeder on equipment (feeder_id);
create index equipment_geom on equipment using gist (geom);

create table switch_state (
  equipment_id text primary key references equipment on delete cascade,
  state text not null constraint switch_state_state check (state in ('closed', 'open')),
  commanded boolean not null,
  at timestamptz not null,
  said_by text not null
);
comment on table switch_state is 'The last known position of equipment that differs, or once differed, from normal; the newest instant wins';

create table transformer (
  id text primary key,
  network_id smallint not null references network,
  name text not null,
  node text,
  feeder_id text,
  kva real constraint transformer_kva check (kva >= 0),
  owner text not null default 'utility' constraint transformer_owner check (owner in ('utility', 'customer')),
  aliases text[] not null default '{}',
  address_key text not null default '',
  district_code text references district on update cascade on delete set null,
  grid_id text references grid on update cascade on delete set null,
  customers integer not null default 0,
  geom geometry(point, 4326) not null
);
comment on column transformer.customers is 'Service points it feeds; kept by the import';
comment on column transformer.address_key is 'Name and aliases folded for trigram search by fold_address()';
create index transformer_feeder on transformer (feeder_id);
create index transformer_geom on transformer using gist (geom);
create index transformer_address on transformer using gin (address_key gin_trgm_ops);

create table area (
  transformer_id text primary key references transformer on delete cascade,
  derived boolean not null,
  geom geometry(multipolygon, 4326) not null
);
comment on table area is 'The ground a transformer''s customers stand on (台区); derived from service points where the utility gave none';
create index area_geom on area using gist (geom);

create table lv_equipment (
  id text primary key,
  transformer_id text not null references transformer on delete cascade,
  kind text not null constraint lv_equipment_kind check (kind in ('lv_branch', 'meter_box')),
  parent_id text,
  name text,
  geom geometry(point, 4326)
);
comment on table lv_equipment is 'Low-voltage branches and meter boxes between a transformer and its service points';
create index lv_equipment_transformer on lv_equipment (transformer_id);

create table service_point (
  id text primary key,
  account_no text not null,
  transformer_id text not null references transformer,
  lv_equipment_id text,
  address text,
  address_key text not null default '',
  name text,
  phone text,
  meter_no text,
  class text constraint service_point_class check (class in ('A', 'B', 'C')),
  critical text,
  connection text not null default 'connected'
    constraint service_point_connection check (connection in ('connected', 'disconnected_nonpayment')),
  boundary text not null default 'meter' constraint service_point_boundary check (boundary in ('meter', 'pole', 'station')),
  responsible text,
  language text,
  district_code text,
  grid_id text,
  geom geometry(point, 4326)
);
comment on table service_point is 'Where a customer is supplied (UsagePoint); 1.8 million rows at city scale';
comment on column service_point.boundary is 'Where the customer''s own plant begins (产权分界)';
comment on column service_point.address_key is 'Address folded for trigram search by fold_address()';
create index service_point_account on service_point (account_no);
create index service_point_meter on service_point (meter_no) where meter_no is not null;
create index service_point_phone on service_point (phone) where phone is not null;
create index service_point_transformer on service_point (transformer_id);
create index service_point_lv_equipment on service_point (lv_equipment_id) where lv_equipment_id is not null;
create index service_point_address on service_point using gin (address_key gin_trgm_ops) where address_key <> '';
create index service_point_critical on service_point (transformer_id) where critical is not null;

create table planned_outage (
  id text primary key,
  network_id smallint references network,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text,
  transformer_ids text[] not null default '{}',
  equipment_ids text[] not null default '{}',
  state text not null default 'announced'
    constraint planned_outage_state check (state in ('announced', 'started', 'ended', 'cancelled')),
  constraint planned_outage_order check (ends_at > starts_at)
);
comment on table planned_outage is 'A loss of supply announced ahead; what is switched off, not yet traced to customers';
create index planned_outage_time on planned_outage (ends_at, starts_at) where state in ('announced', 'started');

create table incident_history (
  id text primary key,
  network_id smallint not null references network,
  started_at timestamptz not null,
  restored_at timestamptz not null,
  cause text,
  equipment_kind text,
  customers integer not null constraint incident_history_customers check (customers >= 0),
  district text,
  storm boolean,
  geom geometry(point, 4326),
  constraint incident_history_order check (restored_at >= started_at)
);
comment on table incident_history is 'Past incidents that restoration times are learned from';

create table ground_water (
  id text primary key,
  network_id smallint not null references network,
  name text,
  geom geometry(multipolygon, 4326) not null
);
comment on table ground_water is 'Rivers and lakes, for the map only';
create index ground_water_geom on ground_water using gist (geom);
