// A real server as a process of its own: started, killed, started again.
import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { buildScreens } from '../../server/screens.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** A start takes seconds alone and much longer beside other tests. */
const start_ms = 120_000

export type Ended = { code: number | null; said: string; complained: string }
export type ServerProcess = {
  url: string
  child: ChildProcess
  /** All that it printed until now. */
  said(): string
  kill(): Promise<void>
  stop(): Promise<void>
}

/** The environment of this process without anything that a server reads. */
function bare(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR } = process.env
  return { PATH, HOME, TMPDIR, NODE_ENV: 'test', RELIGHT_DEMO: 'off' }
}

function spawnServer(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: { ...bare(), PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Starts a server on a free port, its screens built before; rejects with what it said where it ends instead. */
export async function startServer(environment: Record<string, string>): Promise<ServerProcess> {
  await buildScreens()
  const child = spawnServer(environment)
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await gone
  }
  const kill = () => end('SIGKILL')
  const stop = () => end('SIGTERM')
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => void kill().then(() => reject(new Error(`no start: ${said}`))), start_ms)
    const hear = (bytes: Buffer) => {
      said += bytes.toString()
      const url = /public\s+(http:\S+?)\/\s/.exec(said)?.[1]
      if (url === undefined) return
      clearTimeout(timer)
      resolve({ url, child, said: () => said, kill, stop })
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', hear)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the server ended with ${code}: ${said}`))
    })
  })
}

/** Runs a server that is to refuse its start; answers with what it said. */
export function refuseStart(environment: Record<string, string>): Promise<Ended> {
  const child = spawnServer(environment)
  let [said, complained] = ['', '']
  child.stdout!.on('data', (bytes: Buffer) => (said += bytes.toString()))
  child.stderr!.on('data', (bytes: Buffer) => (complained += bytes.toString()))
  const timer = setTimeout(() => child.kill('SIGKILL'), start_ms)
  return new Promise((resolve) =>
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve({ code, said, complained })
    }),
  )
}
