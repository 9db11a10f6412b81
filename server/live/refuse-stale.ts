// Several people at one thing: a write thought of on an older state than the one that stands is refused, and its writer told who
// changed what since. Called under the lock of what is written, so that of two at the same moment one is the loser.
import { Refusal } from '../contract/refusal.ts'
import type { Change, Says } from '../contract/shapes.ts'
import type { Queries } from '../database/index.ts'

/** What people decide; another call, a meter's word or a refreshed estimate are no reason to think again. */
const decisions = {
  incident: [
    ...['confirmed', 'restored', 'out_again', 'verified', 'cause', 'estimate', 'took_in', 'merged', 'split'],
    ...['split_off', 'undone', 'withdrawn', 'cancelled', 'closed'],
  ],
  planned: ['extended', 'started', 'partly_ended', 'ended', 'cancelled', 'joined'],
}
const subjectsZh: Record<keyof typeof decisions, string> = { incident: '停电事件', planned: '计划停电' }
/** Who changes things by itself, without having decided anything. */
const machines = ['estimates', 'system']

/** `also`: steps that nobody decided, and that matter for this write all the same. */
type Subject = { name: keyof typeof decisions; id: string; version: number; also?: string[] }

/** Throws Refusal `stale` where others than `actor` decided something after version `seen`; null: the writer does not say. */
export async function refuseStale(
  queries: Queries,
  { name, id, version, also = [] }: Subject,
  seen: number | null | undefined,
  actor: string,
): Promise<void> {
  if (seen === null || seen === undefined || seen >= version) return
  const rows = await queries.rows<Omit<Change, 'at'> & { at: Date }>('live/read_changes_since', {
    name,
    id,
    seen,
    steps: [...decisions[name], ...also],
    besides: [actor, ...machines],
  })
  refuseChanged(
    { zh: `${subjectsZh[name]} ${id}`, en: `${name} ${id}` },
    rows.map((row) => ({ ...row, at: row.at.toISOString() })),
  )
}

/** Throws Refusal `stale` naming `changes`, newest first; does nothing where there are none. */
export function refuseChanged(what: Says, changes: Change[]): void {
  if (changes.length === 0) return
  const told = changes.map(({ step, actor }) => `${step.replaceAll('_', ' ')} by ${actor}`).join(', ')
  const actors = [...new Set(changes.map(({ actor }) => actor))].join('、')
  const says = {
    zh: `您看过之后，${what.zh} 已由 ${actors} 改动；请再看一眼再决定`,
    en: `Since you looked at ${what.en} it was ${told}; look again, then decide`,
  }
  throw new Refusal('stale', says, undefined, changes)
}
