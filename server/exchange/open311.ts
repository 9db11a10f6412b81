// Open311 GeoReport v2: our symptoms as its services, our reports as its requests, in JSON and XML. Pure.
// A request tells nothing of its caller: no words, no address, no point, only the district and how it stands.
import type { ReportInput, Symptom } from '../contract/reports.ts'
import { offsetTime } from './offset-time.ts'
import { xmlDocument, type XmlContent, type XmlNode } from './xml.ts'

export type Service = {
  service_code: Symptom
  service_name: string
  description: string
  metadata: boolean
  type: 'realtime'
  keywords: string
  group: string
}

const service = (service_code: Symptom, service_name: string, description: string, keywords: string): Service => ({
  service_code,
  service_name,
  description,
  metadata: true,
  type: 'realtime',
  keywords,
  group: '供电 Power supply',
})

export const services: readonly Service[] = [
  service('no_power', '停电 No power', '家中或单位全部没有电。There is no supply at all.', 'power,outage,停电'),
  service(
    'part_power',
    '部分停电 Part of it out',
    '部分房间或部分相没有电。Some rooms or phases are out.',
    'power,phase,缺相',
  ),
  service('dim', '电压低 Lights are dim', '灯光昏暗或闪烁。Lights are dim or flicker.', 'power,voltage,电压'),
  service(
    'hazard',
    '危险 Hazard',
    '断线、冒烟、倒杆等危险。A wire down, smoke, a fallen pole.',
    'power,wire,fire,危险',
  ),
]

const attribute = (order: number, code: string, description: string) => ({
  variable: true,
  code,
  datatype: 'string',
  required: false,
  datatype_description: '',
  order,
  description,
  values: [],
})

/** What a service asks beside the place: either number finds the customer at once. */
export const attributes = [
  attribute(1, 'account_no', '户号 Account number'),
  attribute(2, 'meter_no', '电表号 Meter number'),
]

/** The fields of a POST as a report of ours; what is wrong with it is left to the report's own schema to say. */
export function reportOf(fields: Record<string, string>): Partial<Record<keyof ReportInput, unknown>> {
  const given = (name: string) => fields[name]?.trim() || undefined
  const [lat, lon] = [given('lat'), given('long')]
  const report = {
    channel: 'app',
    symptom: given('service_code'),
    account_no: given('attribute[account_no]'),
    meter_no: given('attribute[meter_no]'),
    phone: given('phone'),
    address: given('address_string') ?? given('address_id'),
    location: lat !== undefined && lon !== undefined ? { lat: Number(lat), lon: Number(lon) } : undefined,
    text: given('description'),
  }
  return Object.fromEntries(Object.entries(report).filter(([, value]) => value !== undefined))
}

export type RequestRow = {
  id: string
  symptom: Symptom
  status: 'open' | 'closed'
  state: keyof typeof notes
  reported_at: Date
  updated_at: Date
  estimate_at: Date | null
  district: string | null
}

const notes = {
  answered: '已答复报修人。The caller was answered.',
  looking: '正在核实。We are looking into it.',
  out: '已列为停电事件，正在处理。It is a known incident, and is being worked on.',
  to_be_verified: '应已恢复供电，正在核实。Supply should be back; we are checking.',
  restored: '已恢复供电。Supply is back.',
  dealt_with: '已处置。It was dealt with.',
} as const

/** A report as anyone may see it. */
export function requestOf(row: RequestRow, agency: string, timezone: string) {
  const known = services.find(({ service_code }) => service_code === row.symptom)!
  return {
    service_request_id: row.id,
    status: row.status,
    status_notes: notes[row.state],
    service_name: known.service_name,
    service_code: known.service_code,
    description: null,
    agency_responsible: agency,
    service_notice: null,
    requested_datetime: offsetTime(row.reported_at, timezone),
    updated_datetime: offsetTime(row.updated_at, timezone),
    expected_datetime: row.estimate_at && offsetTime(row.estimate_at, timezone),
    address: row.district,
    address_id: null,
    zipcode: null,
    lat: null,
    long: null,
    media_url: null,
  }
}

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** The names of list items in GeoReport's XML, by the list they stand in. */
const itemNames: Record<string, string> = {
  services: 'service',
  service_requests: 'request',
  errors: 'error',
  endpoints: 'endpoint',
  formats: 'format',
  attributes: 'attribute',
  values: 'value',
}

/** JSON as the XML of GeoReport: a list's items bear its singular. Null is an empty element, as its examples have it. */
export function geoReportXml(root: string, value: Json, namespace?: string): string {
  const content = contentOf(root, value)
  return xmlDocument(root, Array.isArray(content) ? content : [], namespace)
}

function contentOf(name: string, value: Json): XmlContent {
  if (value === null) return ''
  if (Array.isArray(value))
    return value.map((item): XmlNode => [itemNames[name] ?? 'item', contentOf(itemNames[name] ?? 'item', item)])
  if (typeof value === 'object') return Object.entries(value).map(([key, each]): XmlNode => [key, contentOf(key, each)])
  return value
}
