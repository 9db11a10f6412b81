// What crews do with what they are offered: accept, depart, send their position on the way, arrive, work as long as the damage
// really takes, and say what they found.
import { stepAssignment, type DispatchDeps, type Findings } from '../../server/dispatch/index.ts'
import { takePositions } from '../../server/crews/index.ts'
import { Refusal } from '../../server/contract/refusal.ts'
import { extentOf, findDevice, overlaps } from '../../server/incidents/index.ts'
import type { Happening } from './play.ts'
import { isOpen, type Damage } from './damages.ts'

/** A crew answers, and is on its wheels, after so long. */
const answer_ms = 60_000
const depart_ms = 3 * 60_000
/** A position a minute, but not more than this many a drive. */
const position_ms = 60_000
const mostPositions = 12
/** Looking at a place where nothing is damaged. */
const look_ms = 10 * 60_000

export type Offer = {
  id: string
  crew_id: string
  incident_id: string
  travel_s: number
  route: { coordinates: [number, number][] }
}

type Ground = { equipment_id: string; transformer_ids: string[] }

export type CrewsDeps = {
  deps: DispatchDeps
  damages: Damage[]
  schedule(at_ms: number, happening: Happening): void
  /** The damage is repaired: its customers have supply from now on. */
  repaired(damage: Damage): void
}

/** The crew's way from an offer on; each step asks for the next. */
export function crewsSteps({ deps, damages, schedule, repaired }: CrewsDeps) {
  const step = async (offer: Offer, name: 'accept' | 'depart' | 'arrive' | 'finish', findings?: Findings) => {
    try {
      await stepAssignment(deps, offer.id, { step: name, findings: findings ?? null }, offer.crew_id)
      return true
    } catch (reason) {
      // Withdrawn or expired meanwhile: the crew waits for its next offer.
      if (reason instanceof Refusal) return false
      throw reason
    }
  }
  const after = (ms: number, happening: Happening) => schedule(deps.now().getTime() + ms, happening)

  const drive = async (offer: Offer) => {
    if (!(await step(offer, 'depart'))) return
    const { coordinates } = offer.route
    const count = Math.min(mostPositions, Math.floor((offer.travel_s * 1000) / position_ms))
    for (let at = 1; at < count; at++) {
      const [lon, lat] = coordinates[Math.floor((at / count) * (coordinates.length - 1))]!
      after((at / count) * offer.travel_s * 1000, () => report(offer, lon, lat))
    }
    after(offer.travel_s * 1000, () => arrive(offer))
  }

  const report = async ({ crew_id }: Offer, lon: number, lat: number) => {
    const at = deps.now().toISOString()
    await takePositions(deps, crew_id, [{ at, lon, lat }], 'app', crew_id)
  }

  const arrive = async (offer: Offer): Promise<void> => {
    const [lon, lat] = offer.route.coordinates.at(-1)!
    await report(offer, lon, lat)
    if (!(await step(offer, 'arrive'))) return
    const damage = await damageAt(offer)
    if (!damage) return after(look_ms, () => leave(offer))
    repair(offer, damage)
  }

  const repair = (offer: Offer, damage: Damage) => {
    damage.crew_id = offer.crew_id
    after(damage.onSite_s * 1000, () => finish(offer, damage))
  }

  /** The largest damage there that nobody works on; null where there is none, or another crew is at it. */
  const damageAt = async ({ incident_id }: Offer): Promise<Damage | null> => {
    const ground = await deps.database.one<Ground>('replay/read_ground', { id: incident_id })
    const device = findDevice(deps.grid.current, ground.equipment_id)
    if (!device) return null
    const extent = extentOf(deps.grid.current, device)
    return (
      damages
        .filter((each) => each.crew_id === null && isOpen(each, deps.now().getTime()))
        .filter((each) => overlaps(each.extent, extent))
        .sort((a, b) => b.customers - a.customers)[0] ?? null
    )
  }

  const finish = async (offer: Offer, damage: Damage) => {
    repaired(damage)
    const another = damages.find(
      (each) => each.device === damage.device && each.crew_id === null && isOpen(each, deps.now().getTime()),
    )
    // The device does not hold: the crew finds what else is broken behind it.
    if (another) return repair(offer, another)
    await step(offer, 'finish', { cause: damage.cause, restored: true, damaged_equipment_id: damage.device })
  }

  /** Nothing is damaged here: who called has supply again, or will when the crew elsewhere is done. */
  const leave = async (offer: Offer): Promise<void> => {
    const ground = await deps.database.one<Ground>('replay/read_ground', { id: offer.incident_id })
    const device = findDevice(deps.grid.current, ground.equipment_id)
    const extent = device && extentOf(deps.grid.current, device)
    const atWork = damages.some(
      (each) => each.crew_id !== null && each.repairedAt_ms === null && extent && overlaps(each.extent, extent),
    )
    if (atWork) return after(look_ms, () => leave(offer))
    await step(offer, 'finish', { restored: true, note: 'no damage found' })
  }

  return (offer: Offer) =>
    after(answer_ms, async () => {
      if (await step(offer, 'accept')) after(depart_ms - answer_ms, () => drive(offer))
    })
}
