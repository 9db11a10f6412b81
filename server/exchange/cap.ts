// What the public may see as CAP 1.2 alerts (OASIS, 2010) and an Atom feed of them. An incident's messages share its
// identifier; each later one refers to the first; supply that is back is an AllClear.
import type { Polygon } from 'geojson'
import type { PublicIncident } from '../contract/public.ts'
import type { Shape } from '../customers/index.ts'
import { offsetTime } from './offset-time.ts'

/** Who speaks, and how the reader reaches us. */
export type Publisher = { name: string; timezone: string; origin: string; exercise?: boolean }

const characters: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
const xml = (text: string) => text.replace(/[&<>"']/g, (character) => characters[character]!)
const head = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** All is clear once supply was given back; that it is there is said once it is verified. */
const stateZh = { out: '停电', to_be_verified: '应已恢复供电，正在核实', restored: '恢复供电' } as const
const stateEn = {
  out: 'Power outage',
  to_be_verified: 'Supply should be back, being checked',
  restored: 'Supply restored',
} as const

/** `incident`'s current message; `shape` is its ground, null where that is not shown. */
export function capAlert(incident: PublicIncident, shape: Shape | null, publisher: Publisher, now: Date): string {
  const { timezone } = publisher
  const sender = senderOf(publisher)
  const time = (instant: string) => offsetTime(new Date(instant), timezone)
  const back = incident.status === 'restored'
  const isFirst = incident.updated_at === incident.started_at
  const references = isFirst ? '' : `<references>${sender},${incident.id},${time(incident.started_at)}</references>`
  return `${head}<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>${xml(isFirst ? incident.id : `${incident.id}.${Date.parse(incident.updated_at)}`)}</identifier>
<sender>${sender}</sender>
<sent>${time(incident.updated_at)}</sent>
<status>${publisher.exercise ? 'Exercise' : 'Actual'}</status>
<msgType>${isFirst ? 'Alert' : 'Update'}</msgType>
<scope>Public</scope>
${references}${(['zh', 'en'] as const).map((language) => info(incident, shape, publisher, language, back, now)).join('')}
</alert>
`
}

function info(
  incident: PublicIncident,
  shape: Shape | null,
  publisher: Publisher,
  language: 'zh' | 'en',
  back: boolean,
  now: Date,
): string {
  const { timezone, name, origin } = publisher
  const state = back ? (incident.verified ? 'restored' : 'to_be_verified') : 'out'
  const headline = language === 'zh' ? `${incident.place}${stateZh[state]}` : `${stateEn[state]}: ${incident.place}`
  // A message without a new estimate holds for an hour: the feed is read far more often.
  const expires = new Date(
    Math.max(Date.parse(incident.estimate?.high ?? ''), now.getTime() + 3_600_000) || now.getTime() + 3_600_000,
  )
  return `
<info>
<language>${language === 'zh' ? 'zh-CN' : 'en'}</language>
<category>Infra</category>
<event>${language === 'zh' ? '停电' : 'Power outage'}</event>
<responseType>${back ? 'AllClear' : 'Monitor'}</responseType>
<urgency>${back ? 'Past' : 'Immediate'}</urgency>
<severity>${back || (incident.customers_out ?? 0) < 1000 ? 'Minor' : 'Moderate'}</severity>
<certainty>${certaintyOf(incident)}</certainty>
<effective>${offsetTime(new Date(incident.updated_at), timezone)}</effective>
<onset>${offsetTime(new Date(incident.started_at), timezone)}</onset>
<expires>${offsetTime(expires, timezone)}</expires>
<senderName>${xml(name)}</senderName>
<headline>${xml(headline)}</headline>
<description>${xml(incident.says[language])}</description>
<web>${xml(`${origin}/`)}</web>
<area>
<areaDesc>${xml([incident.district, incident.place].filter((part, index, all) => part && all.indexOf(part) === index).join(' '))}</areaDesc>
${ringsOf(shape).map(polygonText).join('\n')}
</area>
</info>`
}

function certaintyOf({ status, verified }: PublicIncident): string {
  if (status === 'suspected') return 'Possible'
  return status === 'probable' || (status === 'restored' && !verified) ? 'Likely' : 'Observed'
}

/** The outer rings: CAP knows no holes. */
function ringsOf(shape: Shape | null): Polygon['coordinates'][number][] {
  if (!shape) return []
  return shape.type === 'Polygon' ? shape.coordinates.slice(0, 1) : shape.coordinates.map((polygon) => polygon[0]!)
}

/** CAP writes latitude before longitude. */
const polygonText = (ring: Polygon['coordinates'][number]) =>
  `<polygon>${ring.map(([lon, lat]) => `${lat},${lon}`).join(' ')}</polygon>`

/** No spaces, commas, `<` or `&` (CAP 1.2, 3.2.1). */
const senderOf = ({ origin }: Publisher) => new URL(origin).host.replace(/[^\w.:-]/g, '')

/** The feed of all current messages, newest first. */
export function capFeed(incidents: PublicIncident[], publisher: Publisher, now: Date): string {
  const { origin, name, timezone } = publisher
  const newest = incidents.toSorted((left, right) => right.updated_at.localeCompare(left.updated_at))
  const entries = newest.map((incident) => {
    const link = `${origin}/feeds/cap/${encodeURIComponent(incident.id)}.xml`
    return `<entry><id>${xml(link)}</id><title>${xml(incident.place)}</title><updated>${offsetTime(new Date(incident.updated_at), timezone)}</updated><link rel="alternate" type="application/cap+xml" href="${xml(link)}"/><summary>${xml(`${incident.says.zh} / ${incident.says.en}`)}</summary></entry>`
  })
  const updated = newest[0] ? new Date(newest[0].updated_at) : now
  return `${head}<feed xmlns="http://www.w3.org/2005/Atom">
<id>${xml(origin)}/feeds/cap.atom</id>
<title>${xml(name)}</title>
<updated>${offsetTime(updated, timezone)}</updated>
<author><name>${xml(name)}</name></author>
<link rel="self" href="${xml(origin)}/feeds/cap.atom"/>
${entries.join('\n')}
</feed>
`
}
