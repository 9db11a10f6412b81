// The environment, read once. A value that cannot be used stops the start with one line that says what would be right.
import path from 'node:path'
import { StartRefusal } from './database/index.ts'

export type Environment = {
  port: number
  host: string
  databaseUrl: string | null
  replicaUrl: string | null
  dataFolder: string
  demo: boolean
  exercise: boolean
  adminToken: string | null
}

/** Reads `variables`; throws StartRefusal. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const port = Number(variables['PORT'] ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new StartRefusal(`PORT=${variables['PORT']} is no port: it would be a whole number from 0 to 65535`)
  const demo = variables['RELIGHT_DEMO'] ?? 'on'
  if (demo !== 'on' && demo !== 'off')
    throw new StartRefusal(`RELIGHT_DEMO=${demo} cannot be used: it would be on or off`)
  const exercise = variables['RELIGHT_EXERCISE'] ?? 'off'
  if (exercise !== 'on' && exercise !== 'off')
    throw new StartRefusal(`RELIGHT_EXERCISE=${exercise} cannot be used: it would be on or off`)
  const adminToken = variables['RELIGHT_ADMIN_TOKEN'] || null
  if (adminToken !== null && !/^[\x21-\x7e]+$/.test(adminToken))
    throw new StartRefusal(
      'RELIGHT_ADMIN_TOKEN cannot be sent as a bearer token: it would be ASCII letters, digits and signs without spaces',
    )
  return {
    port,
    host: variables['HOST'] || '127.0.0.1',
    databaseUrl: variables['DATABASE_URL'] || null,
    replicaUrl: variables['DATABASE_REPLICA_URL'] || null,
    dataFolder: path.resolve(variables['RELIGHT_DATA'] || '.relight'),
    demo: demo === 'on',
    exercise: exercise === 'on',
    adminToken,
  }
}
