// Remaining times by group, for histories without crew stages or too small for trees: elapsed time, then storm, kind of
// equipment and cause, each group's quantiles shrunk towards the coarser one it lies in, the coarsest towards the prior.
import type { PastIncident } from './past-incident.ts'
import { priorQuantile_s, priorSource } from './prior.ts'
import { survivalQuantiles } from './survival.ts'
import type { Spell } from './survival.ts'

const shares = [0.1, 0.5, 0.9]

/** Weight and the logarithms of the remaining seconds at the three shares, by group. */
export type GroupTable = Record<string, { count: number; log_s: number[] }>

/** What places an incident in its groups. */
export type GroupFacts = { elapsed_s: number; equipment_kind?: string; cause?: string; storm?: boolean }

/** The instants after the start at which the remaining time is learned; an age between two counts as the lower. */
const marks_s = [0, 900, 1800, 3600, 7200, 14_400, 28_800, 57_600, 115_200, 230_400]
/** A group of this many incidents weighs as much as the coarser one it lies in. */
const half_weight = 20
/** Below a minute nothing can be told apart. */
const least_s = 60

const isKnownCause = (cause: string | undefined): boolean =>
  cause !== undefined && cause !== 'unknown' && cause !== 'investigating'

/** From coarse to fine. */
function keysOf(facts: GroupFacts): string[] {
  const mark = marks_s.findLastIndex((mark_s) => mark_s <= Math.max(0, facts.elapsed_s))
  const keys = ['all', `elapsed ${marks_s[mark]} s`]
  if (facts.storm !== undefined) keys.push(`${keys.at(-1)}, ${facts.storm ? 'storm' : 'no storm'}`)
  if (facts.equipment_kind !== undefined) keys.push(`${keys.at(-1)}, ${facts.equipment_kind}`)
  if (isKnownCause(facts.cause)) keys.push(`${keys.at(-1)}, ${facts.cause}`)
  return keys
}

export function learnGroups(history: PastIncident[]): GroupTable {
  const spells = new Map<string, Spell[]>()
  for (const incident of history) {
    const { equipment_kind, storm } = incident
    const duration_s = incident.ended_s - incident.started_s
    for (const elapsed_s of marks_s) {
      if (duration_s < elapsed_s) break
      const at_s = incident.started_s + elapsed_s
      const cause = incident.revisions.findLast((each) => each.at_s <= at_s && each.cause !== undefined)?.cause
      const spell = { value: Math.log(Math.max(least_s, duration_s - elapsed_s)), ended: !incident.open }
      for (const key of keysOf({ elapsed_s, equipment_kind, cause, storm }))
        if (key !== 'all' || elapsed_s === 0) (spells.get(key) ?? spells.set(key, []).get(key)!).push(spell)
    }
  }
  return Object.fromEntries(
    Array.from(spells, ([key, own]) => [key, { count: own.length, log_s: survivalQuantiles(own, shares) }]),
  )
}

/** The three quantiles of the remaining time in seconds, and the finest group with weight in them. */
export function groupQuantiles(table: GroupTable, facts: GroupFacts): { seconds: number[]; source: string } {
  let log_s = shares.map((share) => Math.log(priorQuantile_s(facts.equipment_kind, share)))
  let source = priorSource
  for (const key of keysOf(facts)) {
    const group = table[key]
    if (!group) continue
    const weight = group.count / (group.count + half_weight)
    log_s = log_s.map((coarser, index) => weight * group.log_s[index]! + (1 - weight) * coarser)
    if (weight >= 0.5 || source === priorSource) source = `history of ${group.count}: ${key}`
  }
  return { seconds: log_s.map((value) => Math.exp(value)), source }
}
