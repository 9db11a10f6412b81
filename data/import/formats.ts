// The files that a utility hands over, column by column: what the formats call each, whether a row can do without it, and
// what it may hold. The staging tables of sql/import/stage.sql have the same names.
import {
  amount,
  bit,
  choice,
  type ColumnKind,
  count,
  flag,
  instant,
  key,
  latitude,
  list,
  longitude,
  text,
  timeOfDay,
} from './columns.ts'
import { lineString } from './wkt.ts'

/** One column. `must`: a row without it cannot be used, and a file without it is no such file. */
export type Column = {
  name: string
  kind: ColumnKind
  must: boolean
  /** Drawn in the folder's coordinate reference system, and so converted. */
  drawn?: 'lon' | 'lat' | 'wkt'
  /** The name in the staging table, where `name` is a word of SQL. */
  stagedAs?: string
}

/** A file of rows: CSV columns, or the properties of GeoJSON features with their polygons. */
export type Format = { file: string; table: string; columns: Column[]; polygons: boolean }

const must = (name: string, kind: ColumnKind = key, stagedAs?: string): Column => ({ name, kind, must: true, stagedAs })
const may = (name: string, kind: ColumnKind = key, stagedAs?: string): Column => ({ name, kind, must: false, stagedAs })
const point = (needed: boolean): Column[] => [
  { name: 'lon', kind: longitude, must: needed, drawn: 'lon' },
  { name: 'lat', kind: latitude, must: needed, drawn: 'lat' },
]
const drawing = (name: string): Column => ({ name, kind: lineString, must: false, drawn: 'wkt', stagedAs: 'geom' })

const csv = (file: string, table: string, columns: Column[]): Format => ({ file, table, columns, polygons: false })
const geojson = (file: string, table: string, columns: Column[]): Format => ({ file, table, columns, polygons: true })

/** In the order in which they are loaded: what is referred to comes before what refers. */
export const formats = [
  geojson('districts.geojson', 'staged_district', [
    must('code'),
    must('name', text),
    may('kind', choice('urban', 'rural', 'remote')),
    may('parent'),
  ]),
  geojson('grids.geojson', 'staged_grid', [
    must('id'),
    must('name', text),
    may('manager_name', text),
    may('manager_phone'),
    may('station_id'),
  ]),
  csv('equipment.csv', 'staged_equipment', [
    must('id'),
    must('kind', choice('breaker', 'recloser', 'switch', 'fuse', 'line')),
    must('from_node'),
    must('to_node'),
    may('feeder_id'),
    may('name', text),
    may('normal_state', choice('closed', 'open')),
    may('telemetered', flag),
    drawing('geometry'),
  ]),
  csv('sources.csv', 'staged_source', [
    must('node'),
    must('substation_id'),
    may('substation_name', text),
    ...point(false),
  ]),
  csv('transformers.csv', 'staged_transformer', [
    must('id'),
    must('name', text),
    may('node'),
    may('feeder_id'),
    may('kva', amount),
    ...point(true),
    may('owner', choice('utility', 'customer')),
    may('aliases', list),
  ]),
  geojson('areas.geojson', 'staged_area', [must('transformer_id')]),
  csv('lv_equipment.csv', 'staged_lv_equipment', [
    must('id'),
    must('kind', choice('lv_branch', 'meter_box')),
    must('transformer_id'),
    may('parent_id'),
    may('name', text),
    ...point(false),
  ]),
  csv('service_points.csv', 'staged_service_point', [
    must('id'),
    must('account_no'),
    must('transformer_id'),
    may('lv_equipment_id'),
    ...point(false),
    may('address', text),
    may('name', text),
    may('phone'),
    may('meter_no'),
    may('class', choice('A', 'B', 'C')),
    may('critical'),
    may('connection', choice('connected', 'disconnected_nonpayment')),
    may('boundary', choice('meter', 'pole', 'station')),
    may('responsible', text),
    may('language'),
  ]),
  csv('crews.csv', 'staged_crew', [
    must('id'),
    must('name', text),
    may('station_id'),
    may('home_district'),
    ...point(true),
    // The column is asked for, an empty list in it is not refused: a crew without a named skill still drives.
    { ...must('skills', list), must: false },
    may('shift_start', timeOfDay),
    may('shift_end', timeOfDay),
    may('members', count),
    may('phone'),
    may('vehicle', text),
  ]),
  csv('roads_nodes.csv', 'staged_road_node', [must('node'), ...point(true)]),
  csv('roads_edges.csv', 'staged_road_edge', [
    must('from', key, 'from_node'),
    must('to', key, 'to_node'),
    must('length_m', amount),
    must('time_s', amount),
    may('oneway', bit),
    may('name', text),
    may('class'),
    drawing('wkt'),
  ]),
  csv('planned_outages.csv', 'staged_planned_outage', [
    must('id'),
    must('starts_at', instant),
    must('ends_at', instant),
    may('reason', text),
    may('transformer_ids', list),
    may('equipment_ids', list),
  ]),
  csv('incident_history.csv', 'staged_incident_history', [
    must('id'),
    must('started_at', instant),
    must('restored_at', instant),
    may('cause', text),
    may('equipment_kind'),
    must('customers', count),
    may('district'),
    ...point(false),
    may('storm', flag),
  ]),
  geojson('water.geojson', 'staged_water', [may('id'), may('name', text)]),
] as const satisfies Format[]

/** The files without which a folder is none. */
export const neededFiles = ['transformers.csv', 'service_points.csv']
