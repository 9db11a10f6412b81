// The words of one message: its matter's, its customer's own, and the sentence that the status room makes of both.
import { nothingKnown, statusFrom, type IncidentFacts, type StatusFacts } from '../status/index.ts'
import { linkToken } from './links.ts'
import type { ClaimedRow } from './send-batch.ts'
import type { Words } from './render.ts'

/** How notifications are set, as far as their words need it. */
export type Saying = { timezone: string; public_url: string | null; link_key: string }

export type Worded = Pick<
  ClaimedRow,
  'id' | 'kind' | 'language' | 'words' | 'place' | 'since' | 'restored' | 'verified' | 'subscription_id'
>

/** All that a wording of `row` may say at `now`. */
export function wordsFor(row: Worded, saying: Saying, now: Date): Words {
  const { public_url: home, link_key: key, timezone } = saying
  const status = row.place === null ? null : statusFrom(factsOf(row, row.place), now, timezone)
  return {
    ...row.words,
    place: row.place,
    since: row.since?.toISOString() ?? null,
    restored: row.restored?.toISOString() ?? null,
    status: status && status.says[row.language],
    link: home === null ? null : linkOf(row, home, key),
    unsubscribe:
      home === null || row.subscription_id === null
        ? null
        : `${home}/unsubscribe/${linkToken(key, 'unsubscribe', row.subscription_id)}`,
  }
}

/** Where the customer answers that supply is back, or follows the request. */
function linkOf(row: Worded, home: string, key: string): string | null {
  if (row.kind === 'restored') return `${home}/back/${linkToken(key, 'back', row.id)}`
  return row.words['follow'] ? `${home}${row.words['follow']}` : null
}

const crewSteps = ['accepted', 'en_route', 'on_site'] as const
const statuses = ['suspected', 'probable', 'confirmed', 'partly_restored'] as const

/** What the status room would be told of this customer: of the outage as it was when the matter came up, of the return as it is. */
function factsOf(row: Worded, place: string): StatusFacts {
  if (row.kind === 'outage_withdrawn') return { ...nothingKnown, place }
  if (row.kind === 'restored')
    return { ...nothingKnown, place, back_at: row.restored, back_incident_id: 'told', back_verified: row.verified }
  return { ...nothingKnown, ...incidentFactsOf(row.words), place, incident_id: 'told', out_since: row.since }
}

function incidentFactsOf(words: Words): IncidentFacts {
  const instant = (word: string) => (words[word] ? new Date(words[word]) : null)
  return {
    incident_status: statuses.find((each) => each === words['incident_status']) ?? 'confirmed',
    crew: crewSteps.find((each) => each === words['crew_step']) ?? null,
    crew_arrives_at: instant('arrives'),
    estimate_at: instant('until'),
    estimate_low: instant('low'),
    estimate_high: instant('high'),
  }
}
