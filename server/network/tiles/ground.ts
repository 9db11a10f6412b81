// What all tiles stand on: when the network was last imported, where it lies, and whose it is.
import type { Database } from '../../database/index.ts'

/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number]

/** A running server must show an import within 30 seconds; looking every 2 costs nothing that can be measured. */
const lookEvery_ms = 2000

export type Ground = {
  /** A word that changes with every import. */
  version(): Promise<string>
  about(): Promise<AboutGround>
}
/** No bounds while nothing has been imported; no origin where the networks name none. */
export type AboutGround = { bounds: Bounds | null; origin: string | null }

export function watchGround(database: Database, now: () => number = Date.now): Ground {
  let seen: { version: Promise<string>; at: number } | null = null
  let measured: { version: string; about: Promise<AboutGround> } | null = null
  const version = () => {
    if (!seen || now() - seen.at > lookEvery_ms) {
      const looked = database.replica.one<{ version: string }>('tiles/version').then((row) => row.version)
      looked.catch(() => (seen = null))
      seen = { version: looked, at: now() }
    }
    return seen.version
  }
  const about = async () => {
    const today = await version()
    if (measured?.version !== today) {
      const about = measure(database)
      about.catch(() => (measured = null))
      measured = { version: today, about }
    }
    return measured.about
  }
  return { version, about }
}

async function measure(database: Database): Promise<AboutGround> {
  const { west, south, east, north, origin } = await database.replica.one<{
    west: number | null
    south: number
    east: number
    north: number
    origin: string | null
  }>('tiles/ground')
  return { bounds: west === null ? null : [west, south, east, north], origin }
}
