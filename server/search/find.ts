// One search over everything: each kind is a statement of its own with its indices and limit, all asked at once, ranked together.
import { phoneForms } from '../contract/phone.ts'
import { Refusal } from '../contract/refusal.ts'
import { searchKind, type SearchFilter, type SearchHit, type SearchKind } from '../contract/search.ts'
import type { Queries } from '../database/index.ts'
import { beginsWith, searchServicePoints } from '../network/index.ts'

type Row = Omit<SearchHit, 'at' | 'location'> & { at: Date | null; lon: number | null; lat: number | null }

/** Calls and requests older than these are found by number, not by word: no index serves the words of free text. */
const recent = 3000

const statements: { name: string; kinds: SearchKind[] }[] = [
  { name: 'search/find_incidents', kinds: ['incident'] },
  { name: 'search/find_network', kinds: ['transformer', 'feeder', 'device'] },
  { name: 'search/find_crews', kinds: ['crew'] },
  { name: 'search/find_reports', kinds: ['report'] },
  { name: 'search/find_planned', kinds: ['planned'] },
  { name: 'search/find_requests', kinds: ['request'] },
]
/** Who someone is, and what they said, is for dispatchers. */
const personal: SearchKind[] = ['customer', 'report', 'request']

/** The kinds asked for that the asker may see; throws Refusal `invalid` for one that does not exist. */
function kindsOf({ kinds }: SearchFilter, seesPeople: boolean): SearchKind[] {
  const wanted = kinds === undefined ? searchKind.options : kinds.split(',').map((each) => each.trim())
  for (const each of wanted)
    if (!searchKind.options.some((kind) => kind === each))
      throw new Refusal('invalid', `kinds: there is no ${each}; there are ${searchKind.options.join(', ')}`)
  return searchKind.options.filter((kind) => wanted.includes(kind) && (seesPeople || !personal.includes(kind)))
}

/** The number of an incident as screens and people write it: 2, 第 2 号, 2号, no. 2, #2, 停电事件第2号; null where it is none. */
export function numberIn(words: string): number | null {
  const found = /^(?:(?:停电)?事件|incident)?\s*(?:第|#|no\.?|number)?\s*(\d{1,9})\s*号?$/i.exec(words)
  return found ? Number(found[1]) : null
}

/** The best hits of each kind, best first over all. */
export async function find(
  queries: Queries,
  filter: SearchFilter,
  asker: { seesPeople: boolean; now: Date },
): Promise<SearchHit[]> {
  const kinds = kindsOf(filter, asker.seesPeople)
  const words = filter.q.normalize('NFKC').trim()
  const values = {
    words,
    number: numberIn(words),
    begins: beginsWith(words),
    phones: phoneForms(words),
    limit: filter.limit,
    recent,
    now: asker.now,
  }
  const asked = statements.filter((statement) => statement.kinds.some((kind) => kinds.includes(kind)))
  const [customers, ...found] = await Promise.all([
    kinds.includes('customer') ? findCustomers(queries, words, filter.limit) : [],
    ...asked.map(({ name }) => queries.rows<Row>(name, values)),
  ])
  const hits = found
    .flat()
    .filter((row) => kinds.includes(row.kind))
    .map(({ at, lon, lat, ...row }) => ({
      ...row,
      at: at?.toISOString() ?? null,
      location: lon === null || lat === null ? null : { lon, lat },
    }))
  return [...customers, ...hits].sort((a, b) => b.rank - a.rank || kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
}

async function findCustomers(queries: Queries, words: string, limit: number): Promise<SearchHit[]> {
  const rows = await searchServicePoints(queries, words, limit)
  return rows.map((row) => ({
    kind: 'customer',
    id: row.id,
    title: row.name ?? row.account_no,
    detail: [row.account_no, row.phone, row.address].filter((part) => part !== null).join(' · '),
    state: row.critical,
    incident_id: row.incident_id ?? null,
    at: null,
    location: row.location,
    rank: row.likeness,
  }))
}
