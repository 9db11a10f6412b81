// A made-up storm over a made-up region: where and when incidents appear, how many customers each holds, how long each
// repair really takes. Nothing here is fitted to a result; every number stands with its reason.
import { seededRandom, type Random } from '../../server/dispatch/index.ts'

export type Shape = 'swath' | 'uniform'
export const shapes: Shape[] = ['swath', 'uniform']

export type StormSize = { incidents: number; crews: number; districts: number }

/** A region about the size of Jiangmen (9,500 km²), in kilometres. */
const region = { width_km: 120, height_km: 80 }

/** Incidents appear over these hours: a squall line or typhoon band takes about as long to cross such a region. */
const storm_h = 6
/** 95 % of a moving band's incidents lie within this width (an intense squall line or an eyewall); some lie anywhere. */
const band = { width_km: 25, elsewhere: 0.15 }

/**
 * Customers an incident: log-normal with median 29 and σ 1.6, cut at 4,000. The 2,220 storm outages of five or more
 * customers that PG&E published in February 2020 have quartiles 13, 29, 109 and a 95th percentile of 1,359.
 */
const customers = { median: 29, sigma: 1.6, most: 4000 }
const criticalShare = 0.03

/**
 * Work by share, median minutes on site and spread; published PG&E times from "on site" to "restored" have a median of 50
 * (storm) to 196 minutes (winter) and a σ over 1.1, the kinds together. Only the kind's mean is known before a crew is there.
 */
const kinds = [
  { share: 0.5, median_min: 40, sigma: 0.5, skills: [] },
  { share: 0.35, median_min: 100, sigma: 0.6, skills: ['mv'] },
  { share: 0.15, median_min: 200, sigma: 0.6, skills: ['mv', 'cable'] },
]
/** Every crew works on medium voltage; two in five carry cable gear, and every district has one such. */
const cableShare = 0.4

/** Straight line to road, and the mean speed on wet roads with trees down. */
const detour = 1.3
const speed_kmh = 40

/** Promised minutes to arrival by kind of district, from the smallest on (denser) to the largest. */
const promises_min = [45, 90, 120]

export type Place = { x_km: number; y_km: number }
export type MadeCrew = Place & { id: string; homeDistrict: string; skills: string[] }
export type MadeIncident = Place & {
  id: string
  district: string
  /** seconds from the storm's beginning */
  appearsAt_s: number
  customersOut: number
  criticalCustomers: number
  skills: string[]
  promise_s: number
  expected_s: number
  /** hidden until a crew is on site */
  actual_s: number
}
export type Storm = { shape: Shape; crews: MadeCrew[]; incidents: MadeIncident[] }

type District = { code: string; left: number; bottom: number; width: number; height: number; promise_s: number }

/** The same seed, shape and size give the same storm. */
export function generateStorm(seed: number, shape: Shape, size: StormSize): Storm {
  const random = seededRandom(seed)
  const districts = layDistricts(size.districts, random)
  const crews = Array.from({ length: size.crews }, (_, at) => makeCrew(at, districts, random))
  const path = shape === 'swath' ? makePath(random) : undefined
  const incidents = Array.from({ length: size.incidents }, () => makeIncident(districts, path, random))
  incidents.sort((a, b) => a.appearsAt_s - b.appearsAt_s)
  incidents.forEach((incident, at) => (incident.id = `incident-${at}`))
  return { shape, crews, incidents }
}

export function drive_m(from: Place, to: Place): number {
  return Math.hypot(from.x_km - to.x_km, from.y_km - to.y_km) * detour * 1000
}

export function drive_s(from: Place, to: Place): number {
  return (drive_m(from, to) / 1000 / speed_kmh) * 3600
}

/** Splits the region along its longer side again and again; districts differ in area by up to about two to one. */
function layDistricts(count: number, random: Random): District[] {
  const districts: District[] = []
  const split = (left: number, bottom: number, width: number, height: number, parts: number) => {
    if (parts === 1) {
      const promise_s = promises_min[districts.length % promises_min.length]! * 60
      districts.push({ code: `district-${districts.length}`, left, bottom, width, height, promise_s })
      return
    }
    const few = Math.floor(parts / 2)
    const share = (few / parts) * (0.85 + 0.3 * random())
    if (width >= height) {
      split(left, bottom, width * share, height, few)
      split(left + width * share, bottom, width * (1 - share), height, parts - few)
    } else {
      split(left, bottom, width, height * share, few)
      split(left, bottom + height * share, width, height * (1 - share), parts - few)
    }
  }
  split(0, 0, region.width_km, region.height_km, count)
  return districts
}

function makeCrew(at: number, districts: District[], random: Random): MadeCrew {
  const home = districts[at % districts.length]!
  const cable = at < districts.length || random() < cableShare
  return {
    id: `crew-${at}`,
    homeDistrict: home.code,
    x_km: home.left + random() * home.width,
    y_km: home.bottom + random() * home.height,
    skills: cable ? ['mv', 'cable'] : ['mv'],
  }
}

/** A straight track across the region: at time t (0 to 1) the band is at this point, and lies across the track. */
type Path = { x: number; y: number; along: Place; length_km: number }

function makePath(random: Random): Path {
  const angle = random() * 2 * Math.PI
  const along = { x_km: Math.cos(angle), y_km: Math.sin(angle) }
  const aside = (random() - 0.5) * region.height_km * 0.5
  const length_km = region.width_km
  const middle = { x: region.width_km / 2 - along.y_km * aside, y: region.height_km / 2 + along.x_km * aside }
  return {
    x: middle.x - (along.x_km * length_km) / 2,
    y: middle.y - (along.y_km * length_km) / 2,
    along,
    length_km,
  }
}

function makeIncident(districts: District[], path: Path | undefined, random: Random): MadeIncident {
  const { place, share } = path && random() >= band.elsewhere ? inBand(path, random) : anywhere(random)
  const home = districts.find((district) => contains(district, place)) ?? districts[0]!
  const draw = random()
  const kind =
    kinds.find((_, at) => draw < kinds.slice(0, at + 1).reduce((sum, { share }) => sum + share, 0)) ?? kinds[0]!
  const held = Math.round(customers.median * Math.exp(customers.sigma * normal(random)))
  return {
    id: '',
    ...place,
    district: home.code,
    appearsAt_s: Math.round(share * storm_h * 3600),
    customersOut: Math.min(customers.most, Math.max(1, held)),
    criticalCustomers: random() < criticalShare ? 1 : 0,
    skills: kind.skills,
    promise_s: home.promise_s,
    expected_s: Math.round(kind.median_min * 60 * Math.exp(kind.sigma ** 2 / 2)),
    actual_s: Math.round(kind.median_min * 60 * Math.exp(kind.sigma * normal(random))),
  }
}

function anywhere(random: Random): { place: Place; share: number } {
  const place = { x_km: random() * region.width_km, y_km: random() * region.height_km }
  return { place, share: random() }
}

/** Drawn until it falls inside the region; damage comes within half an hour of the band's middle passing. */
function inBand(path: Path, random: Random): { place: Place; share: number } {
  for (;;) {
    const share = random()
    const across = normal(random) * (band.width_km / 4)
    const x_km = path.x + path.along.x_km * path.length_km * share - path.along.y_km * across
    const y_km = path.y + path.along.y_km * path.length_km * share + path.along.x_km * across
    if (x_km < 0 || y_km < 0 || x_km > region.width_km || y_km > region.height_km) continue
    const late = Math.abs(normal(random)) * (0.5 / storm_h)
    return { place: { x_km, y_km }, share: share + late }
  }
}

function contains({ left, bottom, width, height }: District, { x_km, y_km }: Place): boolean {
  return x_km >= left && x_km <= left + width && y_km >= bottom && y_km <= bottom + height
}

/** Box, Muller 1958. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
