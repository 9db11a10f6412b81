// Automatic dispatch: a switch for each class of incident, all off until somebody switches one on. Every offer that it
// makes says so, and whoever takes a class off the switch has the next word.
import type { IncidentClass } from '../contract/clocks.ts'
import { Refusal } from '../contract/refusal.ts'
import { offerWithin } from './assign.ts'
import type { DispatchDeps } from './candidates.ts'

/** Offers of one look; each ranks all crews, and the loop looks again in seconds. */
const mostOffers = 60

/** Signs what the switch does, after the mark of an automatic offer. */
export const switchName = 'automatic dispatch'

type SwitchRow = { class: IncidentClass; is_on: boolean }

/** Offers what waits in the classes that are switched on, the most urgent first; answers how many were offered. */
export async function dispatchAutomatically(deps: DispatchDeps): Promise<number> {
  const switches = await deps.database.rows<SwitchRow>('dispatch/read_switches')
  const classes = switches.filter((each) => each.is_on).map((each) => each.class)
  if (classes.length === 0) return 0
  const waiting = await deps.database.rows<{ id: string }>('dispatch/read_waiting', { classes, limit: mostOffers })
  let offered = 0
  for (const { id } of waiting) if (await offerAlone(deps, id)) offered++
  return offered
}

/** An incident that nobody can be found for stays in the dispatcher's queue, where its clock runs. */
async function offerAlone(deps: DispatchDeps, incidentId: string): Promise<boolean> {
  try {
    await deps.database.transaction((transaction) =>
      offerWithin(deps, transaction, incidentId, { auto: true, role: 'lead' }, switchName),
    )
    return true
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason
    return false
  }
}
