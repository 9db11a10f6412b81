// Who may speak for an account: whoever knows its number and the last digits of its phone. Tried only so often, and the same
// words whichever of the two is wrong, so that neither can be guessed by the other; what was right is not counted.
import { Tries } from '../access/index.ts'
import { Refusal, TooMany } from '../contract/refusal.ts'
import type { Queries } from '../database/index.ts'

/** A customer mistypes twice or thrice; ten thousand endings of a phone number take years at this pace. */
const accountTries = { count: 5, within_ms: 15 * 60_000 }
/** Many customers may share an address of a mobile network. */
const addressTries = { count: 60, within_ms: 15 * 60_000 }

/** A service point of an account. */
export type OwnPoint = { id: string; address: string | null }

export type AccountKey = { account_no: string; phone_last4: string }

export class AccountDoor {
  private readonly byAccount = new Tries(accountTries)
  private readonly byAddress = new Tries(addressTries)

  /** The service points of the account, one or more; throws Refusal `too_many` or `not_found`. */
  async open(queries: Queries, key: AccountKey, address: string, now: Date): Promise<OwnPoint[]> {
    const { account_no, phone_last4 } = key
    for (const [tries, asker] of [
      [this.byAddress, address],
      [this.byAccount, account_no],
    ] as const)
      if (!tries.allow(asker, now))
        throw new TooMany(
          {
            zh: '尝试次数太多，请一刻钟后再试或拨打95598',
            en: 'Too many tries: wait a quarter of an hour, or ring us up',
          },
          tries.wait_s(asker, now),
        )
    const found = await queries.rows<OwnPoint>('customers/find_account', { account_no, phone_last4 })
    if (found.length === 0)
      throw new Refusal('not_found', {
        zh: '没有这个户号和手机号后四位，请核对',
        en: 'No account has this number and a phone that ends in these digits',
      })
    this.byAddress.giveBack(address)
    this.byAccount.giveBack(account_no)
    return found
  }
}
