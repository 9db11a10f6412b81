// Secrets as they are kept: a salted scrypt key, never the secret.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, Buffer>(scrypt)

/** `salt:key`, both in hexadecimal. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(16)
  return `${salt.toString('hex')}:${(await derive(secret, salt, 32)).toString('hex')}`
}

export async function secretMatches(secret: string, hash: string): Promise<boolean> {
  const [salt = '', key = ''] = hash.split(':')
  const expected = Buffer.from(key, 'hex')
  return timingSafeEqual(expected, await derive(secret, Buffer.from(salt, 'hex'), 32))
}
