// Text identifiers numbered from 0 in order of arrival. Their text stands in one block of bytes, found by an open-addressing hash
// table (FNV-1a, linear probing, load ≤ 1/2): 1.78 million identifiers cost 50 MB that the collector never walks, where as many
// strings took it a tenth of a second of both processors, again and again in a storm.

const encoder = new TextEncoder()
/** UTF-8 takes up to three bytes for each UTF-16 unit. */
const bytesPerUnit = 3

export class Identifiers {
  #bytes: Buffer = Buffer.alloc(1024)
  /** Where each begins; one more for the end of the last. */
  #begins = new Uint32Array(64)
  #slots = new Int32Array(64).fill(-1)
  #size = 0
  /** What is looked for, in bytes. */
  #wanted = new Uint8Array(256)

  get size(): number {
    return this.#size
  }

  /** The number of `id`, or -1. */
  find(id: string): number {
    return this.#slots[this.#slotFor(this.#encode(id))]!
  }

  /** The number of `id`, taken in if it is new. */
  add(id: string): number {
    const length = this.#encode(id)
    const slot = this.#slotFor(length)
    const known = this.#slots[slot]!
    if (known >= 0) return known
    const index = this.#size++
    this.#append(index, length)
    this.#slots[slot] = index
    if (this.#size * 2 > this.#slots.length) this.#grow()
    return index
  }

  /** The text of `index`; throws RangeError where there is none. */
  nameOf(index: number): string {
    if (!(index >= 0 && index < this.#size)) throw new RangeError(`there is no identifier ${index} of ${this.#size}`)
    return this.#bytes.toString('utf8', this.#begins[index]!, this.#begins[index + 1]!)
  }

  /** Each with its number. */
  *entries(): Generator<[number, string]> {
    for (let index = 0; index < this.#size; index++) yield [index, this.nameOf(index)]
  }

  #encode(id: string): number {
    if (id.length * bytesPerUnit > this.#wanted.length) this.#wanted = new Uint8Array(id.length * bytesPerUnit)
    return encoder.encodeInto(id, this.#wanted).written
  }

  #append(index: number, length: number): void {
    const begin = this.#begins[index]!
    if (begin + length > this.#bytes.length) {
      const longer = Buffer.alloc(Math.max(begin + length, this.#bytes.length * 2))
      longer.set(this.#bytes)
      this.#bytes = longer
    }
    if (index + 2 > this.#begins.length) {
      const longer = new Uint32Array(this.#begins.length * 2)
      longer.set(this.#begins)
      this.#begins = longer
    }
    this.#bytes.set(this.#wanted.subarray(0, length), begin)
    this.#begins[index + 1] = begin + length
  }

  /** Where what is wanted stands in the table, or where it would. */
  #slotFor(length: number): number {
    const mask = this.#slots.length - 1
    let slot = hashOf(this.#wanted, 0, length) & mask
    for (;;) {
      const index = this.#slots[slot]!
      if (index < 0 || this.#isWanted(index, length)) return slot
      slot = (slot + 1) & mask
    }
  }

  #isWanted(index: number, length: number): boolean {
    const begin = this.#begins[index]!
    if (this.#begins[index + 1]! - begin !== length) return false
    for (let at = 0; at < length; at++) if (this.#bytes[begin + at] !== this.#wanted[at]) return false
    return true
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    const mask = this.#slots.length - 1
    for (let index = 0; index < this.#size; index++) {
      let slot = hashOf(this.#bytes, this.#begins[index]!, this.#begins[index + 1]!) & mask
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask
      this.#slots[slot] = index
    }
  }
}

function hashOf(bytes: Uint8Array, begin: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = begin; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  return hash ^ (hash >>> 15)
}
