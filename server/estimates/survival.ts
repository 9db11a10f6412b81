// Medians that are fair to what is still unfinished: the Kaplan-Meier estimator (Kaplan and Meier 1958), n log n.
// Those that have ended are the short ones; a plain median of them would promise too much in a storm.

/** A value that was reached, or (`ended` false) that was passed without an end so far. */
export type Spell = { value: number; ended: boolean; weight?: number }

/**
 * The values at which the given shares have ended, for ascending `shares`; where the spells do not reach a share, the
 * largest value seen, and NaN without any spell.
 */
export function survivalQuantiles(spells: Spell[], shares: number[]): number[] {
  const sorted = spells.toSorted((a, b) => a.value - b.value || Number(b.ended) - Number(a.ended))
  let atRisk = sorted.reduce((sum, spell) => sum + (spell.weight ?? 1), 0)
  let surviving = 1
  const found: number[] = []
  for (const spell of sorted) {
    if (spell.ended) {
      surviving *= 1 - (spell.weight ?? 1) / Math.max(atRisk, spell.weight ?? 1)
      while (found.length < shares.length && 1 - surviving >= shares[found.length]! - 1e-12) found.push(spell.value)
    }
    atRisk -= spell.weight ?? 1
  }
  const last = sorted.at(-1)?.value ?? Number.NaN
  while (found.length < shares.length) found.push(last)
  return found
}
