// Reads the command line of `npm run generate`; anything that cannot be used is one line naming the argument, the value
// and what would be right.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { cities, fewestCustomersInAll, mostCustomersInAll, type Request } from './index.ts'

/** Thrown for an argument that cannot be used; its message is the line for the person who typed it. */
export class ArgumentError extends Error {}

const known = ['out', 'customers', 'seed', 'city', 'date']

export function readArguments(args: string[]): Request {
  const values = pairArguments(args)
  return {
    folder: readFolder(values.get('out')),
    customers: readNumber('customers', values.get('customers'), fewestCustomersInAll, mostCustomersInAll),
    seed: readNumber('seed', values.get('seed') ?? '1', 0, 2 ** 31 - 1),
    city: readCity(values.get('city')),
    date: readDate(values.get('date')),
  }
}

function pairArguments(args: string[]): Map<string, string> {
  const values = new Map<string, string>()
  for (let k = 0; k < args.length; k++) {
    const [name = '', inline] = args[k]!.replace(/^--/, '').split(/=(.*)/s)
    if (!args[k]!.startsWith('--') || !known.includes(name))
      throw new ArgumentError(`${args[k]}: not an argument; there are ${known.map((each) => `--${each}`).join(', ')}`)
    const value = inline ?? args[++k]
    if (value === undefined || value.startsWith('--')) throw new ArgumentError(`--${name}: a value must follow it`)
    if (values.has(name)) throw new ArgumentError(`--${name} ${value}: given twice; give it once`)
    values.set(name, value)
  }
  return values
}

function readNumber(name: string, text: string | undefined, low: number, high: number): number {
  const wanted = `a whole number from ${low} to ${high}`
  if (text === undefined) throw new ArgumentError(`--${name} is missing; it takes ${wanted}`)
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < low || value > high)
    throw new ArgumentError(`--${name} ${text}: must be ${wanted}`)
  return value
}

function readFolder(text: string | undefined): string {
  if (text === undefined || text === '') throw new ArgumentError('--out is missing; it takes the folder to write to')
  if (existsSync(text) && !statSync(text).isDirectory())
    throw new ArgumentError(`--out ${text}: is a file; must be a folder`)
  if (existsSync(text) && readdirSync(text).length > 0 && !existsSync(`${text}/network.json`))
    throw new ArgumentError(`--out ${text}: holds other files; must be a new or empty folder, or one generated before`)
  return text
}

function readCity(text: string | undefined): string {
  if (text === undefined) return 'jiangmen'
  const found = Object.entries(cities).find(([key, { code, name }]) => [key, code, name].includes(text.toLowerCase()))
  if (!found) throw new ArgumentError(`--city ${text}: must be one of ${Object.keys(cities).join(', ')}`)
  return found[0]
}

function readDate(text: string | undefined): string {
  if (text === undefined) return '2026-11-22'
  const wanted = 'must be a date such as 2026-11-22'
  const time = Date.parse(`${text}T00:00:00Z`)
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(time)) throw new ArgumentError(`--date ${text}: ${wanted}`)
  if (new Date(time).toISOString().slice(0, 10) !== text) throw new ArgumentError(`--date ${text}: ${wanted}`)
  return text
}
