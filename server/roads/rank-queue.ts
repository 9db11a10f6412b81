// The ranks that a climb has yet to visit, lowest first. A climb only ever adds ranks above the one it stands on, so a bitmap
// read upward once serves as its queue: no heap, and a rank that is reached twice is there once.

const wordBits = 5

/** Two layers of bits: a set bit of `summary` stands for a word of `words` that is not empty. Cost: constant a rank. */
export class RankQueue {
  private readonly words: Int32Array
  private readonly summary: Int32Array
  /** No word of the summary below this one has a bit. */
  private from = 0

  constructor(ranks: number) {
    this.words = new Int32Array((ranks >> wordBits) + 1)
    this.summary = new Int32Array((ranks >> (2 * wordBits)) + 1)
  }

  /** Adds a rank above every rank taken so far; also the first ones, in any order, while the queue is empty or untaken. */
  add(rank: number): void {
    const word = rank >> wordBits
    this.words[word]! |= 1 << rank
    this.summary[word >> wordBits]! |= 1 << word
    if (word >> wordBits < this.from) this.from = word >> wordBits
  }

  /** Takes the lowest rank out; -1 when none is left. */
  take(): number {
    const { words, summary } = this
    let block = this.from
    while (block < summary.length && summary[block] === 0) block++
    this.from = block
    if (block === summary.length) return -1
    const word = (block << wordBits) + lowestBit(summary[block]!)
    const bits = words[word]!
    const left = bits & (bits - 1)
    words[word] = left
    if (left === 0) summary[block]! &= summary[block]! - 1
    return (word << wordBits) + lowestBit(bits)
  }
}

const lowestBit = (bits: number) => 31 - Math.clz32(bits & -bits)
