// Derives the service areas that the utility did not draw.
import type { Transaction } from '../../server/database/index.ts'

export async function deriveAreas(_transaction: Transaction, _networkId: number): Promise<string[]> {
  return Promise.resolve([])
}
