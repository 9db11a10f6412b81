// Power series cut off after the third power: the coefficient of x^n is the likelihood with n devices open. Kept with a
// common logarithm, because the likelihood of thousands of silent customers underflows.
export type Series = { log: number; c: Float64Array }

export const TERMS = 4

export function series(...c: number[]): Series {
  const all = new Float64Array(TERMS)
  all.set(c)
  return scaled({ log: 0, c: all })
}

function scaled({ log, c }: Series): Series {
  let largest = 0
  for (let n = 0; n < TERMS; n++) largest = Math.max(largest, c[n]!)
  if (largest > 0) for (let n = 0; n < TERMS; n++) c[n]! /= largest
  return { log: largest > 0 ? log + Math.log(largest) : -Infinity, c }
}

export function times(a: Series, b: Series): Series {
  const c = new Float64Array(TERMS)
  for (let i = 0; i < TERMS; i++) for (let j = 0; i + j < TERMS; j++) c[i + j]! += a.c[i]! * b.c[j]!
  return scaled({ log: a.log + b.log, c })
}

export function plus(a: Series, b: Series): Series {
  if (a.log < b.log) return plus(b, a)
  if (b.log === -Infinity) return a
  const share = Math.exp(b.log - a.log)
  return scaled({ log: a.log, c: a.c.map((value, n) => value + share * b.c[n]!) })
}

/** `a` to a whole power by repeated squaring. */
export function power(a: Series, exponent: number): Series {
  let [result, base] = [series(1), a]
  for (let left = exponent; left > 0; left >>= 1) {
    if (left & 1) result = times(result, base)
    base = times(base, base)
  }
  return result
}

/** The product of all series but one, for each of them, by running products from both ends. */
export function productsOfOthers(all: Series[]): Series[] {
  const before: Series[] = [series(1)]
  for (const each of all) before.push(times(before.at(-1)!, each))
  const others: Series[] = new Array<Series>(all.length)
  let after = series(1)
  for (let at = all.length - 1; at >= 0; at--) {
    others[at] = times(before[at]!, after)
    after = times(after, all[at]!)
  }
  return others
}
