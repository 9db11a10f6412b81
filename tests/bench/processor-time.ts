// Seconds of processor that this process and the database's backends have used: on a machine that others use too, they say
// what the wall clock cannot.
import { readFileSync, readdirSync } from 'node:fs'
import os from 'node:os'
import type { Database } from '../../server/database/index.ts'

/** `database_s` is 0 where the database is not on this Linux machine. */
export type ProcessorTime = { ours_s: number; database_s: number }

/** Linux counts a process's time in hundredths of a second. */
const ticks_per_s = 100

export async function readProcessorTime(database: Database): Promise<ProcessorTime> {
  const { user, system } = process.cpuUsage()
  const { rows } = await database.pool.query<{ name: string }>('select current_database() as name')
  return { ours_s: (user + system) / 1e6, database_s: backends_s(rows[0]!.name) }
}

/** What was used between two readings, with the machine's load, in words. */
export function sayProcessorTime(from: ProcessorTime, to: ProcessorTime): string {
  const [ours_s, database_s] = [to.ours_s - from.ours_s, to.database_s - from.database_s]
  return `${ours_s.toFixed(1)} s of processor ours, ${database_s.toFixed(1)} s the database's backends; load average ${os.loadavg()[0]!.toFixed(1)}`
}

/** A backend bears the name of its database in its title; in its stat the 14th and 15th field are its time. */
function backends_s(database: string): number {
  let ticks = 0
  for (const pid of listProcesses()) {
    try {
      const title = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      if (!title.startsWith('postgres:') || !title.includes(` ${database} `)) continue
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
      ticks += Number(fields[11]) + Number(fields[12])
    } catch {
      // It ended while it was being read: what it used is lost to whoever asks.
    }
  }
  return ticks / ticks_per_s
}

function listProcesses(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}
