// The last picture, kept on the wall's machine: one that was started again while there is no server shows it, as old as it is.
import type { Snapshot } from '../../server/contract/live.ts'
import { isMarked } from '../live/exercise-page.ts'
import type { Live } from '../live/live.svelte.ts'
import { steadyNow } from '../live/steady-clock.ts'

const store = 'relight-wall-picture'
const address = '/wall/picture'
/** Two megabytes in a storm: often enough for an age in minutes. */
const keep_ms = 60_000
/** A server that is there has spoken by then. */
const patience_ms = 3000
/** What is older tells nothing of today. */
const oldest_ms = 24 * 60 * 60 * 1000

/** `heard_at` by this machine's clock, which is all it has once it was started again; `exercise` as the page was marked. */
type Kept = { heard_at: number; exercise: boolean; snapshot: Snapshot }

async function keep(live: Live): Promise<void> {
  const { picture } = live
  if (!picture || live.state !== 'live') return
  const { districts, incidents, crews } = picture
  const snapshot = {
    ...picture,
    districts: [...districts],
    incidents: [...incidents.values()],
    crews: [...crews.values()],
  }
  const kept: Kept = { heard_at: Date.now() - (steadyNow() - live.heardAt), exercise: isMarked(), snapshot }
  await caches.open(store).then((cache) => cache.put(address, new Response(JSON.stringify(kept))))
}

/** A clock that stands before what was kept cannot tell an age. */
async function show(live: Live): Promise<void> {
  const answer = await caches.match(address, { cacheName: store })
  if (!answer) return
  const { heard_at, exercise, snapshot } = (await answer.json()) as Kept
  const age_ms = Date.now() - heard_at
  if (age_ms >= 0 && age_ms < oldest_ms && exercise === isMarked()) live.showKept(snapshot, age_ms)
}

/** Nothing is kept for the next who signs in. */
export const forgetPicture = () => ('caches' in window ? void caches.delete(store) : undefined)

/** Keeps what `live` shows, and shows what is kept until it has something; until the returned function is called. */
export function keepPicture(live: Live): () => void {
  // Over plain http a browser keeps nothing for a page, and could not open it either.
  if (!('caches' in window)) return () => {}
  const warn = (reason: unknown) => console.warn('wall: the picture is not kept:', reason)
  const first = setTimeout(() => void (live.picture ? keep(live) : show(live)).catch(warn), patience_ms)
  const timer = setInterval(() => void keep(live).catch(warn), keep_ms)
  return () => {
    clearTimeout(first)
    clearInterval(timer)
  }
}
