// Whose tries are counted: the machine that connected, or, behind trusted proxies, the one that they name.
import { expect, it } from 'vitest'
import { clientAddress, readTrustedProxies } from '../../server/access/address.ts'
import { readEnvironment } from '../../server/environment.ts'

const trusting = (text: string) => readTrustedProxies(text)!

it('believes no header by default, so that nobody counts as somebody else by writing one', () => {
  expect(clientAddress('198.51.100.9', '203.0.113.5', null)).toBe('198.51.100.9')
  expect(clientAddress('198.51.100.9', '203.0.113.5', readEnvironment({}).trustedProxies)).toBe('198.51.100.9')
  expect(clientAddress(undefined, undefined, null)).toBe('unknown')
})

it('takes what the outermost of so many proxies saw, whatever its client wrote before it', () => {
  expect(clientAddress('10.0.0.1', '203.0.113.5', trusting('1'))).toBe('203.0.113.5')
  expect(clientAddress('10.0.0.1', '1.2.3.4, 203.0.113.5', trusting('1'))).toBe('203.0.113.5')
  expect(clientAddress('10.0.0.1', '1.2.3.4, 203.0.113.5, 10.0.0.2', trusting('2'))).toBe('203.0.113.5')
  expect(clientAddress('10.0.0.1', '203.0.113.5', trusting('2'))).toBe('203.0.113.5')
  expect(clientAddress('10.0.0.1', undefined, trusting('1'))).toBe('10.0.0.1')
  expect(clientAddress('10.0.0.1', '203.0.113.5, not an address', trusting('2'))).toBe('10.0.0.1')
})

it('goes back along the proxies that it is told of, and no further', () => {
  const list = trusting('10.0.0.0/8, 192.0.2.7,2001:db8::/32')
  expect(clientAddress('10.0.0.1', '1.2.3.4, 203.0.113.5, 192.0.2.7', list)).toBe('203.0.113.5')
  expect(clientAddress('::ffff:10.0.0.1', '203.0.113.5:4711', list)).toBe('203.0.113.5')
  expect(clientAddress('203.0.113.9', '1.2.3.4', list)).toBe('203.0.113.9')
  expect(clientAddress('10.0.0.1', '10.0.0.2', list)).toBe('10.0.0.2')
})

it('counts a household’s whole /64 as one, however many addresses it has', () => {
  const [one, other] = ['2001:db8:1:2::1', '2001:0DB8:1:2:ffff::9'].map((each) => clientAddress(each, undefined, null))
  expect(one).toBe(other)
  expect(clientAddress('2001:db8:1:3::1', undefined, null)).not.toBe(one)
  expect(clientAddress('::1', undefined, null)).toBe('0:0:0:0::/64')
})

it('refuses what is neither a count nor addresses, naming what would be right', () => {
  expect(readEnvironment({ RELIGHT_TRUST_PROXY: '' }).trustedProxies).toBeNull()
  for (const wrong of ['yes', '11', '10.0.0.0/40', '10.0.0.1/8/8', '-1', '1.5'])
    expect(() => readEnvironment({ RELIGHT_TRUST_PROXY: wrong })).toThrow(
      /^RELIGHT_TRUST_PROXY=.* how many reverse proxies/,
    )
})
