// What `npm run replay` is asked for.
import { parseArgs } from 'node:util'
import { policyNames, type PolicyName } from '../../server/dispatch/index.ts'
import { StormRefusal } from './given-storm.ts'

export const usage = 'npm run replay -- FILE [--speed X] [--policy P] [--network FOLDER] [--incidents N|all] [--seed S]'

export type ReplayPolicy = 'plan' | PolicyName
export const replayPolicies: readonly ReplayPolicy[] = ['plan', ...policyNames]

export type ReplayArguments = {
  file: string
  /** Times the wall's time; 0 is as fast as it goes. */
  speed: number
  policy: ReplayPolicy
  network: string | null
  /** Null: as many as the network's crews can be expected to face. */
  incidents: number | 'all' | null
  seed: number
}

export function readArguments(args: string[]): ReplayArguments {
  const text = { type: 'string' } as const
  const options = { speed: text, policy: text, network: text, incidents: text, seed: text }
  const { values, positionals } = parsed(() => parseArgs({ args, options, allowPositionals: true }))
  if (positionals.length !== 1) throw new StormRefusal(`give one file; usage: ${usage}`)
  const policy = replayPolicies.find((known) => known === (values.policy ?? 'plan'))
  if (!policy) throw new StormRefusal(`--policy ${values.policy}: must be one of ${replayPolicies.join(', ')}`)
  const speed = Number(values.speed ?? '0')
  if (!(speed >= 0 && speed <= 100_000))
    throw new StormRefusal(`--speed ${values.speed}: must be a number from 0 (as fast as it goes) to 100000`)
  const seed = Number(values.seed ?? '1')
  if (!Number.isInteger(seed)) throw new StormRefusal(`--seed ${values.seed}: must be a whole number`)
  return {
    file: positionals[0]!,
    speed,
    policy,
    network: values.network ?? null,
    incidents: incidentsOf(values.incidents),
    seed,
  }
}

function parsed<T>(parse: () => T): T {
  try {
    return parse()
  } catch (reason) {
    throw new StormRefusal(`${(reason as Error).message.replaceAll('\n', ' ')}; usage: ${usage}`)
  }
}

function incidentsOf(text: string | undefined): number | 'all' | null {
  if (text === undefined || text === 'all') return text ?? null
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= 20_000) return value
  throw new StormRefusal(`--incidents ${text}: must be all or a whole number from 1 to 20000`)
}
