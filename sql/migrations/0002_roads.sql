-- Roads: nodes are named within the folder they came from; edges carry seconds and metres, one-way or both ways.

create table road_node (
  network_id smallint not null references network,
  node text not null,
  geom geometry(point, 4326) not null,
  primary key (network_id, node)
);

create table road_edge (
  id bigint generated always as identity primary key,
  network_id smallint not null references network,
  ordinal integer not null,
  from_node text not null,
  to_node text not null,
  length_m double precision not null constraint road_edge_length check (length_m >= 0),
  time_s double precision not null constraint road_edge_time check (time_s >= 0),
  oneway boolean not null default false,
  name text,
  class text,
  geom geometry(linestring, 4326) not null,
  unique (network_id, from_node, to_node, ordinal)
);
comment on column road_edge.ordinal is 'Tells parallel edges between the same two nodes apart, from 0 in file order';
create index road_edge_geom on road_edge using gist (geom);

create table road_closure (
  id text primary key,
  geom geometry(geometry, 4326) not null,
  reason text not null,
  closed_by text not null,
  closed_at timestamptz not null default now(),
  lifted_at timestamptz
);
comment on table road_closure is 'A stretch drawn by a dispatcher as impassable; every road edge it touches is closed until lifted';
create index road_closure_open on road_closure (closed_at) where lifted_at is null;
