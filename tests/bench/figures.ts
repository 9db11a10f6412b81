// How a benchmark prints a row of figures: unit, minimum, median, spread.

/** The value below which `share` of `values` lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

const shown = (value: number): string =>
  Math.abs(value) < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en')

/** One line; `p99` where the tail is what counts. */
export function printFigure(name: string, unit: string, values: readonly number[], p99 = false): void {
  const [low, high] = [quantile(values, 0), quantile(values, 1)]
  const tail = p99 ? `, p99 ${shown(quantile(values, 0.99))}` : ''
  console.log(
    `${name}: minimum ${shown(low)}, median ${shown(median(values))}${tail}, spread ${shown(low)} to ${shown(high)} ${unit}`,
  )
}
