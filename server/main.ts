// The one file that reads the environment, opens the database, starts the loops and listens.
import { createServer, type RequestListener, type Server } from 'node:http'
import { serve } from '@hono/node-server'
import { setUpDemo, type DemoMember } from '../data/demo/index.ts'
import { removeDemoMembers } from './access/index.ts'
import { createApp } from './app.ts'
import { answerReply, PublicPages, serveCrowd, type KeepWords, type Submit } from './customers/index.ts'
import { submitReport } from './reports/index.ts'
import { receiveRequest } from './requests/index.ts'
import {
  followReplay,
  markExercise,
  openDatabase,
  readExercise,
  StartRefusal,
  type ReplayClock,
} from './database/index.ts'
import { readEnvironment, type Environment } from './environment.ts'
import { holdEstimator, holdGrid, startSettler } from './incidents/index.ts'
import { keepRoads } from './roads/index.ts'
import { openBaseMap } from './network/index.ts'
import { Hub, keepSnapshot, tailEvents, watchPresence } from './live/index.ts'
import { startNotificationWorker, type Reply } from './notifications/index.ts'
import { buildOf, buildScreens } from './screens.ts'
import { startLoops } from './loops.ts'
import { keepTraced } from './planned-outages/index.ts'

const say = (line: string) => console.log(line)

/** How long a request may go on once the server was told to stop. */
const goodbye_ms = 5000

/** What cannot be ended by then, because its database is away, is cut: nothing uncommitted was promised to anybody. */
const longestGoodbye_ms = 15_000

/** Shorter ones can be guessed. */
const safeToken = 16

async function start(environment: Environment): Promise<void> {
  const { databaseUrl: url, replicaUrl, dataFolder } = environment
  if (environment.adminToken !== null && environment.adminToken.length < safeToken)
    say(
      `RELIGHT_ADMIN_TOKEN has ${environment.adminToken.length} characters and opens everything: give it ${safeToken} or more`,
    )
  await claimPort(environment)
  const baseMap = await openBaseMap(environment.baseMap)
  const screens = buildScreens()
  screens.catch(() => {})
  // A server on a replay's database lives in the storm's time, which is known once the database is open.
  let storm: ReplayClock | null = null
  const database = await openDatabase({ url, replicaUrl, dataFolder }, false, () => storm?.now() ?? null)
  if (environment.exercise) await markExercise(database, 'exercise')
  const exercise = await readExercise(database)
  storm = await followReplay(database)
  const now = () => storm?.now() ?? new Date()
  if (!environment.demo) await removeDemoMembers(database)
  const members = environment.demo ? await setUpDemo(database, now().toISOString().slice(0, 10), say) : []
  const estimator = await holdEstimator(database, now)
  const grid = await holdGrid(database, estimator)
  const keptRoads = await keepRoads(database)
  const { roads } = keptRoads
  await screens
  const hub = new Hub()
  const planned = keepTraced({ database, grid, now })
  planned.look(true)
  const { newest } = await database.one<{ newest: number }>('live/read_head')
  const tail = tailEvents(database, newest, (events) => {
    hub.deliver(events)
    const isNetwork = (...steps: string[]) =>
      events.some(({ name, step }) => name === 'network' && steps.includes(step))
    if (isNetwork('imported'))
      estimator.relearn().catch((reason: Error) => console.error('learn estimates:', reason.message))
    if (isNetwork('imported', 'learned')) void grid.reload().then(() => planned.look(true))
    if (isNetwork('switched')) planned.look()
  })
  hub.watch(() => tail.looks)
  await keepSnapshot({ database, tail, now })
  const presence = watchPresence({ database, hub, now })
  const loops = startLoops({ database, grid, estimator, roads, tail, now })
  const settler = await startSettler({ database, grid, estimator, now })
  const submit: Submit = (input, actor, known) =>
    submitReport({ database, grid, estimator, now }, input, actor, known ?? null)
  const keepWords: KeepWords = (input, actor) => receiveRequest({ database, now }, input, actor)
  const onReply = (_: string, reply: Reply) => answerReply({ database, now, submit, keepWords }, reply)
  const worker = startNotificationWorker(database, { now, onReply, exercise })
  const pages = new PublicPages({ database, tail, now })
  const build = buildOf()
  const log = (line: Record<string, unknown>) => process.env['NODE_ENV'] === 'test' || console.log(JSON.stringify(line))
  const app = createApp({
    database,
    grid,
    estimator,
    roads,
    keptRoads,
    hub,
    tail,
    pages,
    adminToken: environment.adminToken,
    trustedProxies: environment.trustedProxies,
    baseMap,
    build,
    exercise,
    signInClock: () => new Date(),
    now,
    log,
  })
  const server = await listen(app.fetch, exercise ? null : pages, environment)
  stopOnSignal(async () => {
    loops.stop()
    storm?.stop()
    await settler.stop()
    await worker.stop()
    await keptRoads.stop()
    presence.stop()
    tail.stop()
    hub.close()
    await closeServer(server)
    await database.close()
  })
  introduce(environment, server, members)
  if (exercise)
    say('  演练 EXERCISE: this database is for training; nothing in it is real and no message leaves this machine')
}

type Fetch = Parameters<typeof serve>[0]['fetch']

/** The public pages are answered before the app where they are at hand: a whole city asks for them at once. */
function listen(fetch: Fetch, pages: PublicPages | null, { port, host }: Environment): Promise<Server> {
  const crowdFirst = (listener: RequestListener) =>
    createServer((request, response) => {
      if (!pages || !serveCrowd(pages, request, response)) listener(request, response)
    })
  return new Promise((resolve, reject) => {
    const options = {
      fetch,
      port,
      hostname: host,
      createServer: ((_: object, listener: RequestListener) => crowdFirst(listener)) as typeof createServer,
    }
    const server = serve(options, () => resolve(server as Server)) as Server
    server.on('error', (reason) => reject(portRefusal(reason, { port, host })))
  })
}

/** Before the minute of a first start: a port that is taken is told at once. */
function claimPort({ port, host }: Environment): Promise<void> {
  return new Promise((resolve, reject) => {
    const claim = createServer().listen(port, host, () => claim.close(() => resolve()))
    claim.on('error', (reason) => reject(portRefusal(reason, { port, host })))
  })
}

function portRefusal(reason: NodeJS.ErrnoException, { port, host }: Pick<Environment, 'port' | 'host'>): Error {
  if (reason.code === 'EADDRINUSE')
    return new StartRefusal(`PORT=${port} is in use on ${host}: stop what listens there or choose another port`)
  if (reason.code === 'EADDRNOTAVAIL' || reason.code === 'ENOTFOUND')
    return new StartRefusal(`HOST=${host} is no address of this machine`)
  if (reason.code === 'EACCES')
    return new StartRefusal(`PORT=${port} may not be used without more rights: choose one above 1023`)
  return reason
}

/** One line a screen with its address, and the sign-in for each role in the demo. */
function introduce({ host }: Environment, server: Server, members: DemoMember[]): void {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  say(`Relight serves`)
  say(`  public   ${base}/`)
  say(`  wall     ${base}/wall`)
  say(`  desk     ${base}/desk`)
  say(`  crew     ${base}/crew`)
  for (const { role, name, secret, called } of members)
    say(`  sign in as ${role}: name ${name}, secret ${secret}${called === undefined ? '' : `  (${called})`}`)
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  const once = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), longestGoodbye_ms).unref()
    stop().then(
      () => process.exit(0),
      (reason: unknown) => {
        console.error('not stopped cleanly:', reason)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', once).on('SIGTERM', once)
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    setTimeout(() => server.closeAllConnections(), goodbye_ms).unref()
  })
}

try {
  await start(readEnvironment(process.env))
} catch (reason) {
  if (!(reason instanceof StartRefusal)) throw reason
  console.error(reason.message)
  process.exit(1)
}
