// The words of one message: its customer's own, and the sentence that the status room makes of what is so when it is claimed.
import type { Language, Says } from '../contract/shapes.ts'
import { nothingKnown, statusFrom, type StatusFacts } from '../status/index.ts'
import { askBack } from './ask-back.ts'
import { linkToken } from './links.ts'
import { endsWithRestoration } from './matters.ts'
import type { ClaimedRow } from './claimed-row.ts'
import type { Words } from './render.ts'

/** How notifications are set, as far as their words need it. */
export type Saying = { timezone: string; public_url: string | null; link_key: string }

/** All that a wording of `row` may say at `now`. */
export function wordsFor(row: ClaimedRow, saying: Saying, now: Date): Words {
  const { public_url: home, link_key: key, timezone } = saying
  const status = row.place === null ? null : statusFrom(factsOf(row, row.place), now, timezone)
  const link = home === null ? null : linkOf(row, home, saying)
  return {
    ...row.words,
    ...(endsWithRestoration[row.kind] && wordsOfIncident(row, now)),
    place: row.place,
    since: row.since?.toISOString() ?? null,
    restored: row.restored?.toISOString() ?? null,
    status: status && status.says[row.language],
    link,
    ask: row.kind === 'restored' ? askBack(row.channel_kind, row.has_replies, link)[row.language] : null,
    unsubscribe:
      home === null || row.subscription_id === null
        ? null
        : `${home}/unsubscribe/${linkToken(key, 'unsubscribe', row.subscription_id)}`,
  }
}

/** Where whoever got this message sees what is so for them, and answers. */
export function ownPage({ id }: Pick<ClaimedRow, 'id'>, { link_key }: Saying): string {
  return `/back/${linkToken(link_key, 'back', id)}`
}

/** Where the customer answers that supply is back, or follows the request. */
function linkOf(row: ClaimedRow, home: string, saying: Saying): string | null {
  if (row.kind === 'restored') return home + ownPage(row, saying)
  return row.words['follow'] ? home + row.words['follow'] : null
}

/** The same truth as everywhere; but a return is told as that of the matter's own incident. */
function factsOf(row: ClaimedRow, place: string): StatusFacts {
  if (row.kind !== 'restored') return { ...row, place }
  return { ...nothingKnown, place, back_at: row.restored, back_incident_id: 'told', back_verified: row.verified }
}

function wordsOfIncident(row: ClaimedRow, now: Date): Words {
  return {
    crew: row.crew_name,
    arrives: row.crew_arrives_at?.toISOString() ?? null,
    until: row.estimate_at?.toISOString() ?? null,
    low: row.estimate_low?.toISOString() ?? null,
    high: row.estimate_high?.toISOString() ?? null,
    change: changeOf(row, now)[row.language],
  }
}

/** True while a crew is on the way to the outage, or at work on it. */
export const isUnderWay = (crew: StatusFacts['crew']) => crew === 'en_route' || crew === 'on_site'

/** What is other than what this customer heard last of the outage, and why; null where they have heard nothing, or nothing else. */
function changeOf(row: ClaimedRow, now: Date): Record<Language, string | null> {
  if (!hasHeard(row)) return { zh: null, en: null }
  const crew =
    isUnderWay(row.heard_crew) && !isUnderWay(row.crew)
      ? { zh: '抢修班组有变', en: 'the crew that was sent is not coming now' }
      : null
  const parts = [crew, saysMoved(row.heard_until, row.estimate_at, now)].filter((each) => each !== null)
  if (parts.length === 0) return { zh: null, en: null }
  return { zh: parts.map(({ zh }) => zh).join('，'), en: parts.map(({ en }) => en).join('; ') }
}

function saysMoved(told: Date | null, next: Date | null, now: Date): Says | null {
  if (next === null || told?.getTime() === next.getTime()) return null
  if (told === null) return { zh: '现有预计复电时间', en: 'there is an expected time now' }
  if (told <= now)
    return {
      zh: '抢修比原预计的久，原定复电时间已过',
      en: 'the repair is taking longer than expected and the time that we gave has passed',
    }
  return told < next
    ? { zh: '抢修比原预计的久，复电时间推迟', en: 'the repair is taking longer than expected' }
    : { zh: '复电时间提前', en: 'supply is expected back sooner' }
}

/** True where the last that this customer got here of the outage is not that it is over, or never was. */
export function hasHeard({ heard_kind: kind }: Pick<ClaimedRow, 'heard_kind'>): boolean {
  return kind !== null && endsWithRestoration[kind]
}
