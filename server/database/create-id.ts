// Identifiers that sort by time of making, so that indices grow at their end: a prefix, 48 bits of milliseconds, 40 random bits.
import { randomBytes } from 'node:crypto'

const digits = '0123456789abcdefghjkmnpqrstvwxyz'

/** `createId('inc')` → `inc_01jd2m8k3q4r7t9vz0`: 10 characters of time, 8 of chance, Crockford base 32. */
export function createId(prefix: string): string {
  let time = Date.now()
  let head = ''
  for (let index = 0; index < 10; index++) {
    head = digits[time % 32] + head
    time = Math.floor(time / 32)
  }
  const tail = [...randomBytes(8)].map((byte) => digits[byte % 32]).join('')
  return `${prefix}_${head}${tail}`
}
