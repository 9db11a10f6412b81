// The ledger's arithmetic: how good what was told turned out to be, in all and by source, cause and stage.

/** One estimate that was published, and when supply was back. */
export type LedgerEntry = {
  low_at_s: number
  at_s: number
  high_at_s: number
  restored_s: number
  source: string
  cause: string
  stage: string
}

export type Score = {
  count: number
  /** Mean absolute error. */
  error_s: number
  /** Mean of restored minus told: above zero, supply came back later than told. */
  bias_s: number
  late_share: number
  inside_share: number
}

export type Ledger = {
  all: Score
  by_source: Record<string, Score>
  by_cause: Record<string, Score>
  by_stage: Record<string, Score>
}

/** Scores entries; NaN figures where there are none. */
export function score(entries: readonly LedgerEntry[]): Score {
  const meanOf = (figure: (entry: LedgerEntry) => number): number =>
    entries.reduce((sum, entry) => sum + figure(entry), 0) / entries.length
  return {
    count: entries.length,
    error_s: meanOf((entry) => Math.abs(entry.restored_s - entry.at_s)),
    bias_s: meanOf((entry) => entry.restored_s - entry.at_s),
    late_share: meanOf((entry) => Number(entry.restored_s > entry.at_s)),
    inside_share: meanOf((entry) => Number(entry.low_at_s <= entry.restored_s && entry.restored_s <= entry.high_at_s)),
  }
}

function scoreBy(entries: readonly LedgerEntry[], keyOf: (entry: LedgerEntry) => string): Record<string, Score> {
  const groups = new Map<string, LedgerEntry[]>()
  for (const entry of entries) {
    const group = groups.get(keyOf(entry))
    if (group) group.push(entry)
    else groups.set(keyOf(entry), [entry])
  }
  const keys = [...groups.keys()].sort()
  return Object.fromEntries(keys.map((key) => [key, score(groups.get(key)!)]))
}

export const scoreLedger = (entries: readonly LedgerEntry[]): Ledger => ({
  all: score(entries),
  by_source: scoreBy(entries, (entry) => entry.source),
  by_cause: scoreBy(entries, (entry) => entry.cause),
  by_stage: scoreBy(entries, (entry) => entry.stage),
})
