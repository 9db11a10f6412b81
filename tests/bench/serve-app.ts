// The real app over a database, listening on a free port of this machine, for benchmarks that ask it over HTTP.
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { createApp, type AppDeps } from '../../server/app.ts'
import { PublicPages } from '../../server/customers/index.ts'
import type { Database } from '../../server/database/index.ts'
import { holdEstimator, holdGrid, startSettler } from '../../server/incidents/index.ts'
import { Hub, tailEvents } from '../../server/live/index.ts'

export const adminToken = 'bench-administrator'

export type Served = { port: number; deps: AppDeps; close(): Promise<void> }

/** Serves everything but what needs the roads. */
export async function serveApp(database: Database): Promise<Served> {
  const estimator = await holdEstimator(database, () => new Date())
  const grid = await holdGrid(database, estimator)
  const hub = new Hub()
  const { newest } = await database.one<{ newest: number }>('live/read_head')
  const tail = tailEvents(database, newest, (events) => hub.deliver(events))
  const now = () => new Date()
  const pages = new PublicPages({ database, tail, now })
  // No route that is asked here reads the roads.
  const noRoads = { roads: undefined, keptRoads: undefined } as unknown as Pick<AppDeps, 'roads' | 'keptRoads'>
  const deps: AppDeps = {
    ...noRoads,
    database,
    grid,
    estimator,
    hub,
    tail,
    pages,
    adminToken,
    build: 'bench',
    now,
    log: () => {},
  }
  const settler = await startSettler(deps)
  const app = createApp(deps)
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(listening))
  })
  const close = async () => {
    await settler.stop()
    tail.stop()
    hub.close()
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
  }
  return { port: (server.address() as AddressInfo).port, deps, close }
}
