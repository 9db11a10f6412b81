// How many reports one address may send for whom nobody signed in: a flood is refused with a reason, and everybody else goes on being
// heard. Whoever is signed in, the hotline and gateways among them, is never counted.
import { BlockList, isIP } from 'node:net'
import { Tries, type AccessEnv } from '../access/index.ts'
import { TooMany } from '../contract/refusal.ts'
import type { ReportInput } from '../contract/reports.ts'

/**
 * A mobile network puts thousands of phones behind one address, and in a storm they report at once: ten a second are people still.
 * What goes on like that for ten minutes is a machine.
 */
const inMinute = { count: 600, within_ms: 60_000 }
const inHour = { count: 6000, within_ms: 60 * 60_000 }
/** Different account, meter and phone numbers of one address: as many neighbours call, and whoever guesses at numbers gets no further. */
const numbers = { count: 600, within_ms: 15 * 60_000 }
/** Keys and numbers remembered at once; past that all count afresh. */
const remembered = 20_000

/**
 * Machines of the operator's own: a reverse proxy that nobody named, with a whole city behind it, or a gateway. To count them as one
 * asker would refuse a storm's reports.
 */
const own = new BlockList()
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  own.addSubnet(network, prefix, 'ipv4')
// As address.ts writes ::1.
own.addAddress('::', 'ipv6')
own.addSubnet('fc00::', 7, 'ipv6')
/** No address at all, as of whoever hung up meanwhile, is nobody's own. */
const isOwn = (address: string) => {
  const bare = address.replace(/\/64$/, '')
  const kind = isIP(bare)
  return kind !== 0 && own.check(bare, kind === 6 ? 'ipv6' : 'ipv4')
}

type Sender = { who: AccessEnv['Variables']['who'] | undefined; address: string; key: string | undefined }

export class ReportFlood {
  readonly #minute = new Tries(inMinute)
  readonly #hour = new Tries(inHour)
  readonly #numbers = new Tries(numbers)
  readonly #taken = new Map<string, number>()

  /** Counts one report of `sender`; throws TooMany. The same Idempotency-Key again is the same report. */
  count({ who, address, key }: Sender, input: Partial<ReportInput>, now: Date): void {
    if ((who && who.role !== 'public') || isOwn(address)) return
    if (key !== undefined && this.#isKnown(`${address} key ${key}`, now, inHour.within_ms)) return
    for (const tries of [this.#minute, this.#hour])
      if (!tries.allow(address, now)) throw tooMany(tries.wait_s(address, now))
    this.countNumbers(address, input, now)
    if (key !== undefined) this.#keep(`${address} key ${key}`, now)
  }

  /** Counts the numbers by which a stranger asks for a household; throws TooMany. The same one again is no new try. */
  countNumbers(address: string, { account_no, meter_no, phone }: Partial<ReportInput>, now: Date): void {
    for (const number of [account_no, meter_no, phone]) {
      const what = `${address} number ${number}`
      if (number === undefined || this.#isKnown(what, now, numbers.within_ms)) continue
      if (!this.#numbers.allow(address, now)) throw tooManyNumbers(this.#numbers.wait_s(address, now))
      this.#keep(what, now)
    }
  }

  #isKnown(what: string, now: Date, within_ms: number): boolean {
    const at = this.#taken.get(what)
    return at !== undefined && now.getTime() - at < within_ms
  }

  #keep(what: string, now: Date): void {
    if (this.#taken.size >= remembered) this.#taken.clear()
    this.#taken.set(what, now.getTime())
  }
}

const tooMany = (wait_s: number) =>
  new TooMany(
    {
      zh: `从您的网络来的报修太多，这一次没有受理：请${wait_s}秒后再试，或直接拨打95598`,
      en: `Too many reports have come from your network, and this one was not taken: try again in ${wait_s} seconds, or ring 95598 now`,
    },
    wait_s,
  )

const tooManyNumbers = (wait_s: number) =>
  new TooMany(
    {
      zh: '从您的网络来的户号和号码太多，这一次没有受理：请改填地址，或直接拨打95598',
      en: 'Too many different numbers have come from your network, and this report was not taken: give the address instead, or ring 95598 now',
    },
    wait_s,
  )
