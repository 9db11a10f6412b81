// Requests as staff look them up and as their customers follow them; what the survey came to; areas that keep failing.
import { Refusal } from '../contract/refusal.ts'
import type { RequestOwner, RequestView, SurveyResults, TroubleArea } from '../contract/requests.ts'
import type { Queries } from '../database/index.ts'
import { isToWarn, warnShare } from './deadlines.ts'

type Row = Omit<RequestView, 'overdue' | 'due_soon'> & { at: string }

function viewOf(row: Row, now: Date): RequestView {
  const view: Partial<Row> & Omit<Row, 'at'> = { ...row }
  delete view.at
  const [received_at, due_at] = [new Date(view.received_at), new Date(view.due_at)]
  const overdue = view.state === 'open' && due_at <= now
  return { ...view, overdue, due_soon: view.state === 'open' && !overdue && isToWarn({ received_at, due_at }, now) }
}

/** A page, the next deadline first; answered ones newest first. */
export async function listRequests(
  queries: Queries,
  filter: { state: 'open' | 'answered'; owner?: string | undefined; limit: number; cursor?: string | undefined },
  now: Date,
): Promise<{ items: RequestView[]; next_cursor: string | null }> {
  const [after = null, after_id = null] = filter.cursor?.split('~') ?? []
  if (after !== null && Number.isNaN(Date.parse(after)))
    throw new Refusal('invalid', 'cursor: take it from next_cursor of the page before')
  const { state, owner = null, limit } = filter
  const rows = await queries.rows<Row>('requests/list_requests', { id: null, state, owner, limit, after, after_id })
  const last = rows.length === limit ? rows.at(-1) : undefined
  return { items: rows.map((row) => viewOf(row, now)), next_cursor: last ? `${last.at}~${last.id}` : null }
}

/** Who has requests and how many of them are due, then others that one can be handed to. */
export function listOwners(queries: Queries, now: Date): Promise<RequestOwner[]> {
  return queries.rows<RequestOwner>('requests/list_owners', { now, warn_share: warnShare })
}

/** One request; throws Refusal `not_found`. */
export async function readRequest(queries: Queries, id: string, now: Date): Promise<RequestView> {
  const none = { state: null, owner: null, after: null, after_id: null }
  const row = await queries.maybe<Row>('requests/list_requests', { ...none, id, limit: 1 })
  if (!row) throw new Refusal('not_found', { zh: `没有诉求 ${id}`, en: `There is no request ${id}` })
  return viewOf(row, now)
}

/** The request of this token, or null. */
export async function readFollowedRequest(queries: Queries, token: string, now: Date): Promise<RequestView | null> {
  const found = await queries.maybe<{ id: string }>('requests/find_followed', { token })
  return found && readRequest(queries, found.id, now)
}

type Group = {
  what: 'all' | 'crew' | 'station' | 'cause'
  key: string
  name: string
  count: number
  speed: number
  told: number
}
/** Fewer answers would tell who gave them. */
const smallest = 5

/** What the two questions came to since `since`. */
export async function readSurvey(queries: Queries, since: Date): Promise<SurveyResults> {
  const groups = await queries.rows<Group>('requests/sum_survey', { since })
  const all = groups.find((group) => group.what === 'all')
  const of = (what: Group['what']) =>
    groups
      .filter((group) => group.what === what && group.count >= smallest)
      .map(({ key, name, count, speed, told }) => ({ key, name, count, speed, told }))
  return {
    count: all?.count ?? 0,
    speed: all?.speed ?? null,
    told: all?.told ?? null,
    by_crew: of('crew'),
    by_station: of('station'),
    by_cause: of('cause'),
  }
}

/** Areas with the most incidents and requests since `since`. */
export function listTroubleAreas(queries: Queries, since: Date, limit: number): Promise<TroubleArea[]> {
  return queries.rows<TroubleArea>('requests/list_trouble_areas', { since, limit })
}
