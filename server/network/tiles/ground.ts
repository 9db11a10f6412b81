// What all tiles stand on: when the network was last imported, and where it lies.
import type { Database } from '../../database/index.ts'

/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number]

/** A running server must show an import within 30 seconds; looking every 2 costs nothing that can be measured. */
const lookEvery_ms = 2000

export type Ground = {
  /** A word that changes with every import. */
  version(): Promise<string>
  /** Null while nothing has been imported. */
  bounds(): Promise<Bounds | null>
}

export function watchGround(database: Database, now: () => number = Date.now): Ground {
  let seen: { version: Promise<string>; at: number } | null = null
  let measured: { version: string; bounds: Promise<Bounds | null> } | null = null
  const version = () => {
    if (!seen || now() - seen.at > lookEvery_ms) {
      const looked = database.replica.one<{ version: string }>('tiles/version').then((row) => row.version)
      looked.catch(() => (seen = null))
      seen = { version: looked, at: now() }
    }
    return seen.version
  }
  const bounds = async () => {
    const today = await version()
    if (measured?.version !== today) {
      const bounds = measure(database)
      bounds.catch(() => (measured = null))
      measured = { version: today, bounds }
    }
    return measured.bounds
  }
  return { version, bounds }
}

async function measure(database: Database): Promise<Bounds | null> {
  const { west, south, east, north } = await database.replica.one<{
    west: number | null
    south: number
    east: number
    north: number
  }>('tiles/ground')
  return west === null ? null : [west, south, east, north]
}
