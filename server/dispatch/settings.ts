// The settings of dispatch: the switches of automatic dispatch and how long each stage may take. Each change is in the event log with
// what stood before, so that the last one can be taken back.
import type {
  DispatchSettings,
  DispatchSettingsInput,
  IncidentClass,
  SettingsChange,
  StageLimit,
} from '../contract/clocks.ts'
import { Refusal } from '../contract/refusal.ts'
import type { Queries, Transaction } from '../database/index.ts'
import { appendEvent, refuseChanged } from '../live/index.ts'
import type { DispatchDeps } from './candidates.ts'
import { readLimits } from './watch-clocks.ts'

/** Changes that are told with the settings: as many as a panel shows. */
const told = 10
const subject = 'dispatch_settings'

type Values = SettingsChange['before']
type SwitchRow = { class: IncidentClass; is_on: boolean; changed_by: string | null; changed_at: Date | null }
type ChangeRow = Pick<SettingsChange, 'seq' | 'actor' | 'step'> & {
  at: Date
  data: Pick<SettingsChange, 'before' | 'after'>
}

export async function readSettings(queries: Queries): Promise<DispatchSettings> {
  const switches = await queries.rows<SwitchRow>('dispatch/read_switches')
  const changes = await queries.rows<ChangeRow>('dispatch/read_settings_changes', { limit: told })
  return {
    automatic: switches.map((each) => ({ ...each, changed_at: each.changed_at?.toISOString() ?? null })),
    limits: await readLimits(queries),
    changes: changes.map(({ data, at, ...row }) => ({ ...row, at: at.toISOString(), ...data })),
  }
}

/**
 * Changes what `input` names. `seen` is the number of the last change that its maker knows of, where they say: throws Refusal
 * `stale` where somebody else made another since, and `unprocessable` for a warning that comes before its stage begins.
 */
export function putSettings(
  deps: DispatchDeps,
  input: DispatchSettingsInput,
  actor: string,
  seen: number | null = null,
): Promise<DispatchSettings> {
  const early = input.limits?.find((each) => each.warn_s >= each.limit_s)
  if (early)
    throw new Refusal('unprocessable', {
      zh: `提醒 ${early.warn_s} 秒，时限 ${early.limit_s} 秒：提醒要短于时限`,
      en: `warn_s of ${early.kind} is ${early.warn_s}: less than its limit_s ${early.limit_s}`,
    })
  return deps.database.transaction(async (transaction) => {
    const before = await lockSettings(transaction)
    if (seen !== null) {
      const others = before.changes!.filter((each) => each.seq > seen && each.actor !== actor)
      refuseChanged(
        { zh: '时限与自动派单', en: 'the settings' },
        others.map(({ step, actor, at }) => ({ step: step === 'set' ? 'settings_set' : 'settings_undone', actor, at })),
      )
    }
    await change(
      deps,
      transaction,
      before,
      { automatic: input.automatic ?? [], limits: input.limits ?? [] },
      actor,
      'set',
    )
    return readSettings(transaction)
  })
}

/** Takes the last change back, number `seq`; throws Refusal `stale` where there was another since, `out_of_order` where there is none. */
export function undoSettings(deps: DispatchDeps, seq: number, actor: string): Promise<DispatchSettings> {
  return deps.database.transaction(async (transaction) => {
    const now = await lockSettings(transaction)
    const [last] = now.changes!
    if (!last)
      throw new Refusal('out_of_order', {
        zh: '设置还没有改过：没有可撤销的',
        en: 'Nothing of the settings was changed yet: there is nothing to undo',
      })
    if (last.seq !== seq)
      throw new Refusal('stale', {
        zh: `这不是最后一次改动：${last.actor} 在 ${last.at} 又改过；请再看一眼`,
        en: `Change ${seq} is not the last: ${last.actor} made another at ${last.at}; look again`,
      })
    await change(deps, transaction, now, last.before, actor, 'undone')
    return readSettings(transaction)
  })
}

async function lockSettings(transaction: Transaction): Promise<DispatchSettings> {
  await transaction.rows('dispatch/lock_settings')
  return readSettings(transaction)
}

const sameStage = (one: StageLimit, other: StageLimit) =>
  one.kind === other.kind && one.district_kind === other.district_kind && one.important === other.important
const sameLimit = (one: StageLimit, other: StageLimit) =>
  one.limit_s === other.limit_s && one.average_s === other.average_s && one.warn_s === other.warn_s

/** Puts what differs from `before` and writes it into the event log; what is set so already is no change. */
async function change(
  deps: DispatchDeps,
  transaction: Transaction,
  before: DispatchSettings,
  wanted: Values,
  actor: string,
  step: SettingsChange['step'],
): Promise<void> {
  const switchOf = (name: IncidentClass) => before.automatic.find((each) => each.class === name)
  const automatic = wanted.automatic.filter((each) => switchOf(each.class)?.is_on !== each.is_on)
  const stageOf = (limit: StageLimit) => before.limits.find((each) => sameStage(each, limit))
  const limits = wanted.limits.filter((limit) => {
    const stood = stageOf(limit)
    return stood && !sameLimit(stood, limit)
  })
  if (automatic.length + limits.length === 0) return
  const at = deps.now()
  for (const each of automatic)
    await transaction.touch('dispatch/put_switch', { class: each.class, is_on: each.is_on, by: actor, at })
  for (const each of limits) await transaction.touch('dispatch/put_limit', each)
  const stood: Values = {
    automatic: automatic.map((each) => ({ class: each.class, is_on: !each.is_on })),
    limits: limits.map((limit) => stageOf(limit)!),
  }
  const data = { before: stood, after: { automatic, limits } }
  await appendEvent(transaction, { name: 'clock', step, subject_id: subject, incident_id: null, actor, data })
}
