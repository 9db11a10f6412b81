// Which part of the map the wall shows next: scenes take turns, and what is new may step in for a moment. Pure.
import type { PlannedWork } from '../../server/contract/day.ts'
import type { LiveEvent } from '../../server/contract/live.ts'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import { isOpen, isWithoutSupply, type Picture } from '../live/picture.ts'
import { compareDistricts } from './figures.ts'

export type SceneName = 'city' | 'district' | 'crews' | 'planned'
export type News = { incident: IncidentSummary; step: 'opened' | 'confirmed' | 'restored' }

/** How long each is shown. The city most: it is what people look up for. */
export const stay_s: Record<SceneName, number> = { city: 40, district: 20, crews: 20, planned: 15 }
export const order: readonly SceneName[] = ['city', 'district', 'crews', 'planned']
export const newsStay_s = 11
/** Between two pieces of news the wall rests, or it would never stand still in a storm. */
export const newsRest_s = 30

export function nextScene(now: SceneName, picture: Picture, planned: readonly PlannedWork[] = []): SceneName {
  for (let step = 1; step <= order.length; step++) {
    const next = order[(order.indexOf(now) + step) % order.length]!
    if (next === 'district' && (compareDistricts(picture)[0]?.customers_out ?? 0) === 0) continue
    if (next === 'crews' && ![...picture.crews.values()].some((crew) => crew.incident_id !== null)) continue
    if (next === 'planned' && planned.length === 0) continue
    return next
  }
  return 'city'
}

/** The news as the picture has it now; null once it is none: ended, merged, or restored meanwhile. */
export function newsNow(news: News, picture: Picture): News | null {
  const incident = picture.incidents.get(news.incident.id)
  if (!incident || !isOpen(incident)) return null
  if ((incident.status === 'restored') !== (news.step === 'restored')) return null
  return incident === news.incident ? news : { ...news, incident }
}

/** Points that the camera should hold. */
export function pointsOf(scene: SceneName, picture: Picture, planned: readonly PlannedWork[] = []): [number, number][] {
  if (scene === 'planned') return planned.map(({ location }) => [location.lon, location.lat])
  if (scene === 'district') {
    const worst = compareDistricts(picture)[0]?.code
    return [...picture.incidents.values()]
      .filter((incident) => isWithoutSupply(incident) && incident.district_code === worst)
      .map((incident) => [incident.location.lon, incident.location.lat])
  }
  if (scene === 'crews') {
    return [...picture.crews.values()]
      .filter((crew) => crew.incident_id !== null)
      .map((crew) => [crew.location.lon, crew.location.lat])
  }
  return []
}

/** The largest piece of news in a batch worth turning to: it grows with what is out already, so that a storm stays calm. */
export function newsIn(events: readonly LiveEvent[], picture: Picture): News | null {
  const least = Math.max(1, picture.counts.customers_out * 0.01)
  let best: News | null = null
  let heaviest = least
  for (const event of events) {
    if (event.name !== 'incident') continue
    const step =
      event.step === 'opened'
        ? 'opened'
        : event.step === 'confirmed'
          ? 'confirmed'
          : event.step === 'restored'
            ? 'restored'
            : null
    const incident = step && picture.incidents.get(event.subject_id)
    if (!incident) continue
    const weight = incident.hazard ? Infinity : incident.customers_affected
    if (weight < heaviest) continue
    heaviest = weight
    best = { incident, step }
  }
  return best
}
