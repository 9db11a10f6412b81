// Plays a laid storm through the service's rooms, in order of the storm's clock: what is heard is reported, the dispatcher
// follows the policy, crews take their steps, and what the service does by itself is done every so often.
import FlatQueue from 'flatqueue'
import {
  applyPlan,
  expireOffers,
  planAgain,
  readStandingPlan,
  seededRandom,
  sendByPolicy,
  switchStandingPlan,
  watchClocks,
  type DispatchDeps,
} from '../../server/dispatch/index.ts'
import { Refusal } from '../../server/contract/refusal.ts'
import { hearMeters, hearTelemetry, refreshEstimates } from '../../server/incidents/index.ts'
import { keepSnapshot } from '../../server/live/index.ts'
import { writeOut, type Sender } from '../../server/notifications/index.ts'
import { submitReport } from '../../server/reports/index.ts'
import type { ReplayPolicy } from './arguments.ts'
import { crewsSteps, type Offer } from './crews-steps.ts'
import { asDamage, isOpen, litBy, type Damage } from './damages.ts'
import type { LaidOutage } from './lay.ts'
import type { ReplayClock } from './storm-clock.ts'
import { customersBelow, voicesOf, voicesOfReturn, type Customer, type Voice } from './voices.ts'

export type Happening = () => unknown

/** While nothing is broken, every fifteenth look does. */
const quietTurns = 15
/**
 * The dispatcher looks at the board every two minutes, the service at its clocks every five, at the plan kept in force and the
 * estimates every ten.
 */
const turn_ms = 2 * 60_000
const clocks_ms = 5 * 60_000
const estimates_ms = 10 * 60_000
/** Customers are told as often, and once more at the end. */
const tell_ms = 2 * 60_000
/** Snapshots for the past are looked after as often. */
const keep_ms = 10 * 60_000
/** Who is still out half an hour on, and is not known to be, calls again; and again after as long. */
const again_ms = 30 * 60_000
const mostCalls = 20
/** A storm that is not repaired this long after its last outage is given up, and said to be. */
const giveUp_ms = 3 * 86_400_000
/** After the last repair the returns and the last messages come in. */
const settle_ms = 10 * 60_000

export type Playing = {
  deps: DispatchDeps
  clock: ReplayClock
  policy: ReplayPolicy
  seed: number
  laid: LaidOutage[]
  customers: Customer[]
  sender: Sender
  /** Every storm-minute or so; `share` of the outages are repaired. */
  onProgress(at: Date, begun: number, repaired: number): Promise<void>
}

export type Played = { damages: Damage[]; endedAt: Date; heard: { calls: number; meters: number; telemetry: number } }

export async function playStorm(playing: Playing): Promise<Played> {
  const { deps, clock, laid, seed } = playing
  const random = seededRandom(seed + 1)
  const byTransformer = groupByTransformer(playing.customers)
  const damages = laid.map((outage) => asDamage(outage, customersBelow(outage, byTransformer, random)))
  const queue = new FlatQueue<Happening>()
  const schedule = (at_ms: number, happening: Happening) => queue.push(happening, at_ms)
  const heard = { calls: 0, meters: 0, telemetry: 0 }
  const say = (voice: Voice) => schedule(voice.at_ms, () => speak(deps, voice, heard))
  for (const damage of damages) for (const voice of voicesOf(damage, damage.below, random)) say(voice)

  const repaired = (damage: Damage) => {
    const at_ms = clock.now().getTime()
    damage.repairedAt_ms = at_ms
    for (const voice of voicesOfReturn(litBy(damage, damages, at_ms), at_ms, random)) say(voice)
    if (damage.telemetered && damages.every((each) => each.device !== damage.device || !isOpen(each, at_ms)))
      say({ kind: 'telemetry', at_ms, equipment_id: damage.device, state: 'closed', commanded: true })
  }
  const take = crewsSteps({ deps, damages, schedule, repaired })
  const board = holdBoard(playing, take)
  if (playing.policy === 'plan') await switchStandingPlan(deps, true, 'replay')
  await keep(deps)
  const last_ms = Math.max(...laid.map(({ startedAt_ms }) => startedAt_ms))
  const isOver = () => damages.every(({ repairedAt_ms }) => repairedAt_ms !== null)

  const every = (period_ms: number, work: () => Promise<unknown>) => {
    const turn = async () => {
      await work()
      const now_ms = clock.now().getTime()
      if (!isOver() && now_ms < last_ms + giveUp_ms) schedule(now_ms + period_ms, turn)
    }
    schedule(clock.now().getTime() + period_ms, turn)
  }
  let looks = 0
  every(turn_ms, async () => {
    const now_ms = clock.now().getTime()
    const isQuiet = damages.every((each) => each.repairedAt_ms !== null || each.startedAt_ms > now_ms)
    if (isQuiet && looks++ % quietTurns > 0) return
    await board()
    const begun = damages.filter(({ startedAt_ms }) => startedAt_ms <= now_ms).length
    await playing.onProgress(clock.now(), begun, damages.filter(({ repairedAt_ms }) => repairedAt_ms !== null).length)
  })
  every(clocks_ms, () => watchClocks(deps))
  every(estimates_ms, async () => {
    await planAgain(deps)
    await refreshEstimates(deps)
  })
  every(tell_ms, () => tellCustomers(playing))
  every(keep_ms, () => keep(deps))
  every(again_ms, () => callAgain(deps, damages, heard))

  while (queue.length > 0) {
    const at_ms = queue.peekValue()!
    const happening = queue.pop()!
    await clock.goTo(at_ms)
    await happening()
  }
  await clock.goTo(clock.now().getTime() + settle_ms)
  await tellCustomers(playing)
  if (playing.policy === 'plan') await switchStandingPlan(deps, false, 'replay')
  return { damages, endedAt: clock.now(), heard }
}

function groupByTransformer(customers: Customer[]): Map<string, Customer[]> {
  const groups = new Map<string, Customer[]>()
  for (const customer of customers) {
    const group = groups.get(customer.transformer_id)
    if (group) group.push(customer)
    else groups.set(customer.transformer_id, [customer])
  }
  return groups
}

/** Writes out what incidents owe, and sends it over the exercise's channel. */
async function tellCustomers({ deps, sender }: Playing): Promise<void> {
  await writeOut(deps.database)
  await sender.send()
}

async function keep(deps: DispatchDeps): Promise<void> {
  const { newest } = await deps.database.one<{ newest: number }>('live/read_head')
  await keepSnapshot({ ...deps, tail: { seq: newest } })
}

type Heard = Played['heard']

async function speak(deps: DispatchDeps, voice: Voice, heard: Heard): Promise<void> {
  if (voice.kind === 'call') {
    heard.calls++
    await submitReport(deps, { channel: 'hotline', account_no: voice.account_no, symptom: 'no_power' }, 'replay')
  } else if (voice.kind === 'meters') {
    heard.meters += voice.events.length
    await hearMeters(deps, voice.events, 'replay')
  } else {
    heard.telemetry++
    const { equipment_id, state, commanded, at_ms } = voice
    await hearTelemetry(deps, { equipment_id, state, commanded, at: new Date(at_ms).toISOString() }, 'replay')
  }
}

/** One look at the board: offers nobody answered are taken back, free crews are sent, and what was offered reaches the crews. */
function holdBoard({ deps, policy }: Playing, take: (offer: Offer) => void): () => Promise<void> {
  const taken = new Set<string>()
  let helpless = ''
  return async () => {
    await expireOffers(deps)
    const board = await deps.database.one<{ waiting: string; free: string }>('replay/read_board', { at: deps.now() })
    const state = `${board.waiting}/${board.free}`
    if (board.waiting === '' || board.free === '' || state === helpless) return
    const offered = await (policy === 'plan' ? sendByPlan(deps) : sendByPolicy(deps, policy, 'replay'))
    // Nobody could be sent: the same board would say the same again.
    helpless = offered === 0 ? state : ''
    for (const offer of await deps.database.rows<Offer>('replay/read_offers')) {
      if (taken.has(offer.id)) continue
      taken.add(offer.id)
      take(offer)
    }
  }
}

/** By the plan kept in force, made again for it. What it stands on may be gone before it is applied: then the next look tries again. */
async function sendByPlan(deps: DispatchDeps): Promise<number> {
  await planAgain(deps)
  const { plan } = await readStandingPlan(deps)
  if (!plan) return 0
  try {
    return (await applyPlan(deps, plan.id, undefined, 'replay')).offered.length
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason
    return 0
  }
}

/** Customers who have no supply while the service takes them to have it call, each time another one; and their meter is read. */
async function callAgain(deps: DispatchDeps, damages: Damage[], heard: Heard): Promise<void> {
  const now_ms = deps.now().getTime()
  const waiting = damages.filter(
    ({ startedAt_ms, repairedAt_ms, below, calls }) =>
      repairedAt_ms === null && below.length > 0 && startedAt_ms < now_ms - again_ms && calls < mostCalls,
  )
  if (waiting.length === 0) return
  const caller = (damage: Damage) => damage.below[damage.calls % damage.below.length]!
  const lit = await deps.database.rows<{ id: string }>('replay/read_lit', {
    points: waiting.map((damage) => caller(damage).id),
  })
  const isLit = new Set(lit.map(({ id }) => id))
  for (const damage of waiting.filter((each) => isLit.has(caller(each).id))) {
    const { account_no, meter_no } = caller(damage)
    damage.calls++
    const at = new Date(now_ms).toISOString()
    if (meter_no !== null)
      await speak(deps, { kind: 'meters', at_ms: now_ms, events: [{ meter_no, kind: 'power_off', at }] }, heard)
    await speak(deps, { kind: 'call', at_ms: now_ms, account_no }, heard)
  }
}
