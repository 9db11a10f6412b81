// What the service does by itself, beside answering: each loop looks at its table every so often, on every server, and
// leaves what another server has taken.
import { keepSnapshot, type Tail } from './live/index.ts'
import type { Database } from './database/index.ts'
import { refreshEstimates, verifyRestorations } from './incidents/index.ts'
import { watchPlanned } from './planned-outages/index.ts'
import { warnOfDeadlines } from './requests/index.ts'
import {
  dispatchAutomatically,
  expireOffers,
  planAgain,
  reroute,
  watchClocks,
  type DispatchDeps,
} from './dispatch/index.ts'

/** Forgotten keys are only clutter: once an hour is soon enough. */
const forgetKeys_ms = 3_600_000
/** An offer's time to answer is minutes: a few seconds late is not. */
const expireOffers_ms = 5000
/** An estimate that runs out is replaced within this time. */
const refreshEstimates_ms = 15_000
/** What was closed since teaches the next day's estimates. */
const relearn_ms = 24 * 3_600_000
/** A restoration is verified half a minute after the answers that do it, or after the silence. */
const verify_ms = 30_000
/** A promise is minutes: it is warned of and escalated within seconds. */
const watchClocks_ms = 5000
/** A request's deadline is days: its owner is warned within a minute. */
const warnOfDeadlines_ms = 60_000
/** Where a class is switched to automatic dispatch, its crew is offered within this time. */
const dispatch_ms = 5000
/** What a server that stopped left undone after a road was closed is taken up within this time. */
const reroute_ms = 10_000
/** Planned work begins, and customers are told of it, within this time of when it is due. */
const watchPlanned_ms = 10_000
/** The plan kept in force looks by itself this often; events make it look at once. */
const planAgain_ms = 5000
/** The events of one write, and of a burst, are one reason to plan again. */
const gather_ms = 200

/** A snapshot for the past is kept within this time of being due. */
const keepSnapshot_ms = 30_000

export type Loops = { stop(): void }

export function startLoops(deps: DispatchDeps & { database: Database; tail: Tail }): Loops {
  const timers = [
    every(forgetKeys_ms, 'forget keys', () => deps.database.touch('database/forget_keys')),
    every(expireOffers_ms, 'expire offers', () => expireOffers(deps)),
    every(refreshEstimates_ms, 'refresh estimates', () => refreshEstimates(deps)),
    every(relearn_ms, 'learn estimates', () => deps.estimator.relearn()),
    every(verify_ms, 'verify restorations', () => verifyRestorations(deps)),
    every(watchClocks_ms, 'watch clocks', () => watchClocks(deps)),
    every(watchPlanned_ms, 'watch planned outages', () => watchPlanned(deps)),
    every(warnOfDeadlines_ms, 'warn of deadlines', () => warnOfDeadlines(deps)),
    every(keepSnapshot_ms, 'keep a snapshot', () => keepSnapshot(deps)),
    every(dispatch_ms, 'dispatch automatically', () => dispatchAutomatically(deps)),
    every(reroute_ms, 'give ways again', () => reroute(deps, 'roads')),
    onEvents(deps.database, planAgain_ms, 'plan again', () => planAgain(deps)),
  ]
  return { stop: () => timers.forEach((timer) => timer.stop()) }
}

/** Runs `work` every `pause_ms`, never twice at once; what fails is said and tried again next time. */
export function every(pause_ms: number, name: string, work: () => Promise<unknown>): Loops {
  let stopped = false
  let timer: NodeJS.Timeout
  const turn = async () => {
    try {
      await work()
    } catch (reason) {
      if (!stopped) console.error(`${name}:`, (reason as Error).message)
    }
    if (!stopped) timer = setTimeout(() => void turn(), pause_ms)
  }
  timer = setTimeout(() => void turn(), pause_ms)
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** Runs `work` soon after a write, and every `pause_ms` anyway, never twice at once. */
function onEvents(database: Database, pause_ms: number, name: string, work: () => Promise<unknown>): Loops {
  let working: Promise<unknown> | null = null
  let timer: NodeJS.Timeout | null = null
  const look = () => {
    timer = null
    if (working) return later()
    working = work()
      .catch((reason: Error) => console.error(`${name}:`, reason.message))
      .finally(() => (working = null))
  }
  const later = () => {
    timer ??= setTimeout(look, gather_ms)
  }
  const forget = database.onHint(later)
  const anyway = setInterval(later, pause_ms)
  return {
    stop: () => {
      forget()
      clearInterval(anyway)
      if (timer) clearTimeout(timer)
    },
  }
}
