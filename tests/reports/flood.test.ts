// What one address may send without signing in, counted without a door.
import { expect, it } from 'vitest'
import type { TooMany } from '../../server/contract/refusal.ts'
import { clientAddress } from '../../server/access/address.ts'
import { ReportFlood } from '../../server/reports/index.ts'

const anybody = { who: undefined, address: '192.0.2.1', key: undefined }
const noon = Date.parse('2026-06-01T12:00:00+08:00')
const after = (seconds: number) => new Date(noon + seconds * 1000)
const nowhere = { address: '哪里也不是' }

/** Seconds that the next one is asked to wait; null where it is taken. */
function waits(
  flood: ReportFlood,
  sender: Parameters<ReportFlood['count']>[0],
  input: object,
  at: Date,
): number | null {
  try {
    flood.count(sender, input, at)
    return null
  } catch (reason) {
    return (reason as TooMany).wait_s
  }
}

it('takes six thousand reports an hour from one address', () => {
  const flood = new ReportFlood()
  for (let each = 0; each < 6000; each++) expect(waits(flood, anybody, nowhere, after(each / 2))).toBeNull()
  expect(waits(flood, anybody, nowhere, after(3000))).toBe(600)
  expect(waits(flood, { ...anybody, address: '192.0.2.2' }, nowhere, after(3000))).toBeNull()
  expect(waits(flood, anybody, nowhere, after(3600))).toBeNull()
})

it('counts no machine of the operator’s own: a proxy that nobody named has a city behind it', () => {
  const flood = new ReportFlood()
  const ask = (socket: string | undefined) =>
    Array.from({ length: 700 }, () =>
      waits(flood, { ...anybody, address: clientAddress(socket, undefined, null) }, nowhere, after(0)),
    ).filter((wait) => wait !== null).length
  for (const own of ['127.0.0.1', '::1', '::ffff:10.0.0.7', '172.31.0.1', '192.168.3.4', 'fd00::7'])
    expect([own, ask(own)]).toEqual([own, 0])
  // Who hung up before being read has no address left: all of them are one.
  for (const other of ['172.32.0.1', '2001:db8::1', undefined]) expect([other, ask(other)]).toEqual([other, 100])
})

it('counts a repeat of the same key as the report that it is', () => {
  const flood = new ReportFlood()
  const keyed = { ...anybody, key: 'the-same' }
  expect(waits(flood, keyed, nowhere, after(0))).toBeNull()
  for (let each = 0; each < 599; each++) flood.count(anybody, nowhere, after(1))
  expect(waits(flood, anybody, nowhere, after(1))).toBe(59)
  expect(waits(flood, keyed, nowhere, after(1))).toBeNull()
  expect(waits(flood, { ...anybody, key: 'another' }, nowhere, after(1))).toBe(59)
})

it('lets one address ask for six hundred different numbers in a quarter of an hour, and for the same again', () => {
  const flood = new ReportFlood()
  for (let each = 0; each < 600; each++) flood.count(anybody, { account_no: `X${each}` }, after(each * 0.8))
  expect(waits(flood, anybody, { meter_no: 'M1' }, after(480))).toBe(420)
  expect(waits(flood, anybody, { account_no: 'X1' }, after(480))).toBeNull()
  expect(waits(flood, anybody, nowhere, after(480))).toBeNull()
})
