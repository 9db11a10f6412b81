-- The question: where do a folder's rows wait until all of them are judged? In temporary tables that go with the
-- transaction, columns named as in the formats. Run once an import; `line` is the row's line in its file.
create temporary table staged_district (line integer not null, code text, name text, kind text, parent text, geom geometry(geometry, 4326)) on commit drop;
create temporary table staged_grid (line integer not null, id text, name text, manager_name text, manager_phone text, station_id text, geom geometry(geometry, 4326)) on commit drop;
create temporary table staged_equipment (
  line integer not null, id text, kind text, from_node text, to_node text, feeder_id text, name text, normal_state text, telemetered boolean,
  geom geometry(linestring, 4326)
) on commit drop;
create temporary table staged_source (line integer not null, node text, substation_id text, substation_name text, lon double precision, lat double precision) on commit drop;
create temporary table staged_transformer (
  line integer not null, id text, name text, node text, feeder_id text, kva real, lon double precision, lat double precision, owner text, aliases text[]
) on commit drop;
create temporary table staged_area (line integer not null, transformer_id text, geom geometry(geometry, 4326)) on commit drop;
create temporary table staged_lv_equipment (
  line integer not null, id text, kind text, transformer_id text, parent_id text, name text, lon double precision, lat double precision
) on commit drop;
create temporary table staged_service_point (
  line integer not null, id text, account_no text, transformer_id text, lv_equipment_id text, lon double precision, lat double precision,
  address text, name text, phone text, meter_no text, class text, critical text, connection text, boundary text, responsible text, language text
) on commit drop;
create temporary table staged_crew (
  line integer not null, id text, name text, station_id text, home_district text, lon double precision, lat double precision, skills text[],
  shift_start time, shift_end time, members integer, phone text, vehicle text
) on commit drop;
create temporary table staged_road_node (line integer not null, node text, lon double precision, lat double precision) on commit drop;
create temporary table staged_road_edge (
  line integer not null, from_node text, to_node text, length_m double precision, time_s double precision, oneway boolean, name text, class text,
  geom geometry(linestring, 4326)
) on commit drop;
create temporary table staged_planned_outage (
  line integer not null, id text, starts_at timestamptz, ends_at timestamptz, reason text, transformer_ids text[], equipment_ids text[]
) on commit drop;
create temporary table staged_incident_history (
  line integer not null, id text, started_at timestamptz, restored_at timestamptz, cause text, equipment_kind text, customers integer,
  district text, lon double precision, lat double precision, storm boolean
) on commit drop;
create temporary table staged_water (line integer not null, id text, name text, geom geometry(geometry, 4326)) on commit drop;
create temporary table refusal (file text not null, line integer not null, "column" text not null, value text not null, reason text not null) on commit drop;
create temporary table district_piece (code text not null, rank integer not null, geom geometry(geometry, 4326) not null) on commit drop;
create temporary table grid_piece (id text not null, rank integer not null, geom geometry(geometry, 4326) not null) on commit drop
