// What the public may see as IEC 61968-3 PubOutages, in the profile of the Outage Data Initiative Nationwide (ODIN, Oak Ridge
// National Laboratory): its elements in its order. A count under five is left out, as everywhere.
import type { PublicIncident } from '../contract/public.ts'
import { offsetTime } from './offset-time.ts'
import { xmlDocument, type XmlNode } from './xml.ts'

export type ServedDistrict = { code: string; name: string; customers: number }

const namespace = 'http://iec.ch/TC57/2014/PubOutages#'

/** CrewStatusKind. */
const crewStatus = {
  none: 'awaitingCrewAssignment',
  assigned: 'assigned',
  on_the_way: 'enroute',
  on_site: 'arrived',
  done: 'fieldComplete',
} as const

/** OutageStatusKind. */
const outageKind = {
  suspected: 'predicted',
  probable: 'predicted',
  confirmed: 'confirmed',
  partly_restored: 'partiallyRestored',
  restored: 'restored',
  closed: 'closed',
  cancelled: 'closed',
} as const

/** OutageCauseKind knows only these; the first is spelt as in the standard. */
const causeKind: Record<string, string> = { lightning: 'lightingStrike', wildlife: 'animal', vegetation: 'treeDown' }

/** EstimatedRestorationTime.confidenceKind, by who said it. */
const confidence = { crew: 'high', dispatcher: 'high', plan: 'medium', history: 'medium', prior: 'low' } as const

/** All of `incidents` as one document. */
export function pubOutages(
  incidents: readonly PublicIncident[],
  districts: readonly ServedDistrict[],
  timezone: string,
): string {
  const outages = incidents.map((incident): XmlNode => ['Outage', outageOf(incident, districts, timezone)])
  return xmlDocument('PubOutages', outages, namespace)
}

function outageOf(incident: PublicIncident, districts: readonly ServedDistrict[], timezone: string): XmlNode[] {
  const time = (instant: string) => offsetTime(new Date(instant), timezone)
  const district = districts.find(({ name }) => name === incident.district)
  const { estimate, restored_at, cause } = incident
  const toBeVerified = incident.status === 'restored' && !incident.verified
  return [
    ['mRID', incident.id],
    ['cause', cause],
    ['causeKind', (cause && causeKind[cause]) ?? null],
    // Where ODIN has the FIPS code of a county, this is the administrative code of the district.
    ['communityDescriptor', district?.code ?? null],
    ['metersAffected', incident.customers_out],
    // Not all of it is known to be back until it is verified, as on every map of ours.
    ['outageKind', toBeVerified ? outageKind.partly_restored : outageKind[incident.status]],
    ['reportedStartTime', time(incident.started_at)],
    ['statusKind', crewStatus[incident.crew]],
    ['utilityDisclaimer', `${incident.says.zh} / ${incident.says.en}`],
    [
      'actualPeriod',
      [
        ['end', !toBeVerified && restored_at ? time(restored_at) : null],
        ['start', time(incident.started_at)],
      ],
    ],
    [
      'EstimatedRestorationTime',
      estimate && [
        ['confidenceKind', confidence[estimate.source]],
        ['ert', time(estimate.at)],
      ],
    ],
    ['Names', [['name', incident.place]]],
    [
      'OutageArea',
      district
        ? [
            ['earliestReportedTime', time(incident.started_at)],
            ['metersServed', district.customers < 5 ? null : district.customers],
            ['outageAreaKind', 'county'],
          ]
        : null,
    ],
  ]
}
