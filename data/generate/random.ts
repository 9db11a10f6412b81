// The generator's only source of chance: everything is drawn from the seed, so the same seed writes the same bytes.

/** A stream of random numbers; two streams of different names share nothing, so a change in one part leaves the rest alone. */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number
  /** A whole number in [low, high]. */
  between(low: number, high: number): number
  pick<Item>(items: readonly Item[]): Item
  chance(probability: number): boolean
  /** Standard normal, by Box and Muller. */
  normal(): number
}

/** Scrambles three numbers into 32 bits (the finalizer of MurmurHash3); the same input always gives the same output. */
export function hash(a: number, b: number, c = 0): number {
  let h = (a | 0) ^ Math.imul(b | 0, 0x9e3779b1) ^ Math.imul(c | 0, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  h = Math.imul((h ^ (h >>> 16)) + (b | 0), 0x27d4eb2f)
  return (h ^ (h >>> 15)) >>> 0
}

/** `hash` as a number in [0, 1). */
export const hashUnit = (a: number, b: number, c = 0): number => hash(a, b, c) / 4294967296

/** A number that stands for a name, to keep streams apart. */
export function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** A stream of its own for each seed and name: mulberry32 by Tommy Ettinger. */
export function createRandom(seed: number, name: string): Random {
  let state = hash(seed, hashText(name))
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (items) => items[Math.floor(next() * items.length)]!,
    chance: (probability) => next() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}

/** Smooth noise in [-1, 1]: hashed values on a unit lattice, blended by a quintic. */
export function noise(seed: number, x: number, y: number): number {
  const [i, j] = [Math.floor(x), Math.floor(y)]
  const [u, v] = [fade(x - i), fade(y - j)]
  const low = hashUnit(i, j, seed) * (1 - u) + hashUnit(i + 1, j, seed) * u
  const high = hashUnit(i, j + 1, seed) * (1 - u) + hashUnit(i + 1, j + 1, seed) * u
  return (low * (1 - v) + high * v) * 2 - 1
}

const fade = (t: number) => t * t * t * (t * (t * 6 - 15) + 10)
