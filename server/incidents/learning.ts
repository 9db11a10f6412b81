// What the inference takes for granted: its own figures, or those that an administrator adopted. History is counted and shown
// beside them; nothing of it is used until somebody adopts it, and then every server does.
import type { AdoptInput, LearningView } from '../contract/learning.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Queries } from '../database/index.ts'
import { appendEvent } from '../live/index.ts'
import { learnCallRates, type Calling } from './inference/learn.ts'
import {
  defaultParameters,
  learnKindShares,
  type CallRate,
  type DeviceKind,
  type InferenceParameters,
} from './inference/parameters.ts'
import type { IncidentDeps } from './with-incident.ts'

type Adopted = {
  at: Date
  adopted_by: string
  kind_shares: Record<DeviceKind, number>
  call_rates: CallRate[]
  note: string | null
}

/** Devices are replaced and people's habits change: older failures say little of today's. */
const period_ms = 5 * 365 * 86_400_000
/** Below this many customers the share that called is mostly chance. */
const wideEnough = 20
/** Enough to fix a handful of weights to within a point or two. */
const incidentsAsked = 2000

/** The model's parameters as adopted last, else as built in. */
export async function readParameters(queries: Queries): Promise<InferenceParameters> {
  const adopted = await queries.maybe<Adopted>('incidents/read_adopted_learning')
  return adopted
    ? { ...defaultParameters, kindShares: adopted.kind_shares, callRates: adopted.call_rates }
    : defaultParameters
}

/** What is in use, and what history would teach. */
export async function readLearning({ database, now }: IncidentDeps): Promise<LearningView> {
  const since = new Date(now().getTime() - period_ms)
  const adopted = await database.maybe<Adopted>('incidents/read_adopted_learning')
  const counted = await database.rows<{ kind: string; failures: number }>('incidents/count_failures', { since })
  const calling = await database.rows<Calling>('incidents/list_calling', {
    since,
    customers: wideEnough,
    limit: incidentsAsked,
  })
  return {
    in_use: {
      source: adopted ? 'adopted' : 'built_in',
      adopted_at: adopted?.at.toISOString() ?? null,
      adopted_by: adopted?.adopted_by ?? null,
      note: adopted?.note ?? null,
      kind_shares: adopted?.kind_shares ?? defaultParameters.kindShares,
      call_rates: adopted?.call_rates ?? defaultParameters.callRates,
    },
    learned: {
      since: since.toISOString(),
      failures: Object.fromEntries(counted.map(({ kind, failures }) => [kind, failures])),
      incidents_for_calling: calling.length,
      kind_shares: learnKindShares(byModelKind(counted)),
      call_rates: learnCallRates(calling, defaultParameters.callRates),
    },
  }
}

/** Boxes and branches fail alike to the model; a kind that it does not know teaches it nothing. */
function byModelKind(counted: { kind: string; failures: number }[]): Partial<Record<DeviceKind, number>> {
  const sums: Partial<Record<DeviceKind, number>> = {}
  for (const { kind, failures } of counted) {
    const known = kind === 'lv_branch' || kind === 'meter_box' ? 'lv_equipment' : kind
    if (known in defaultParameters.kindShares) sums[known as DeviceKind] = (sums[known as DeviceKind] ?? 0) + failures
  }
  return sums
}

/** Adopts what is given, and for the rest what history teaches; from the commit on every server infers by it. */
export async function adoptLearning(deps: IncidentDeps, input: AdoptInput, actor: string): Promise<LearningView> {
  const { learned } = await readLearning(deps)
  const kind_shares = input.kind_shares ?? learned.kind_shares
  const call_rates = input.call_rates ?? learned.call_rates
  refuseUnlessWhole('kind_shares', Object.values(kind_shares))
  refuseUnlessWhole(
    'call_rates',
    call_rates.map(({ weight }) => weight),
  )
  await deps.database.transaction(async (transaction) => {
    await transaction.touch('incidents/put_adopted_learning', {
      now: deps.now(),
      adopted_by: actor,
      kind_shares: JSON.stringify(kind_shares),
      call_rates: JSON.stringify(call_rates),
      failures: Object.values(learned.failures).reduce((sum, each) => sum + each, 0),
      note: input.note ?? null,
    })
    const told = { name: 'network', step: 'learned', subject_id: 'inference', incident_id: null } as const
    await appendEvent(transaction, { ...told, actor, data: { kind_shares, call_rates } })
  })
  await deps.grid.reload()
  return readLearning(deps)
}

/** Shares that a person wrote down need not add up to the last digit. */
const tolerance = 0.005

function refuseUnlessWhole(field: string, shares: number[]): void {
  const sum = shares.reduce((total, each) => total + each, 0)
  if (Math.abs(sum - 1) > tolerance)
    throw new Refusal(
      'invalid',
      {
        zh: `${field} 各项合计为 ${sum.toFixed(3)}：比例合计应为 1`,
        en: `${field}: they add up to ${sum.toFixed(3)}; shares add up to 1`,
      },
      [{ path: field, message: 'shares that add up to 1' }],
    )
}
