// A real network made into a stage for the storm night: a copy of its folder with a tie between two feeders, and meters at one
// transformer alone. Which devices play a part follows from the files by rule; the tracing here is the test's own.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Ground, Point } from './storm-night.ts'

/** 75 feeders, 2,739 transformers, 35,733 customers. */
export const realFolder = path.join(import.meta.dirname, '../../../shared/data/networks/fr_a')

type Row = Record<string, string>
type Feeder = { breaker: Row; sections: { equipment: Row; below: string[] }[]; all: string[] }

const tie = 'storm-night/tie'

/** The copy, and who plays what in it; `remove()` when imported. */
export function readStage(): { folder: string; remove(): void; ground: Ground } {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'relight-stage-'))
  const folder = path.join(parent, 'given')
  cpSync(realFolder, folder, { recursive: true })
  const equipment = readRows(folder, 'equipment.csv')
  const transformers = readRows(folder, 'transformers.csv')
  const points = groupBy(readRows(folder, 'service_points.csv'), 'transformer_id')
  const pointsOf = (transformer: string): Point[] =>
    (points.get(transformer) ?? []).map(({ id, account_no, meter_no }) => ({
      id: id!,
      account_no: account_no!,
      meter_no: meter_no!,
    }))
  const feeders = readFeeders(equipment, transformers, readRows(folder, 'sources.csv'))
  const many = (transformer: string, count: number) => pointsOf(transformer).length >= count
  const { ground, tieEnds } = castParts(feeders, pointsOf, many)
  const equipmentFile = path.join(folder, 'equipment.csv')
  const head = headOf(folder, 'equipment.csv')
  const added: Row = {
    id: tie,
    kind: 'switch',
    from_node: tieEnds[0],
    to_node: tieEnds[1],
    normal_state: 'open',
    telemetered: 'true',
  }
  writeFileSync(
    equipmentFile,
    `${readFileSync(equipmentFile, 'utf8').trimEnd()}\n${head.map((column) => added[column] ?? '').join(',')}\n`,
  )
  keepMeters(folder, ground.metered)
  return { folder, ground, remove: () => rmSync(parent, { recursive: true, force: true }) }
}

/** The first feeders of the file that have the parts. */
function castParts(
  feeders: Feeder[],
  pointsOf: (transformer: string) => Point[],
  many: (transformer: string, count: number) => boolean,
): { ground: Ground; tieEnds: [string, string] } {
  for (const one of feeders)
    for (const { equipment, below } of one.sections) {
      const nested = below.find((each) => many(each, 6))
      const before = one.all.filter((each) => !below.includes(each) && many(each, 1))
      if (equipment['kind'] !== 'line' || below.length < 3 || !nested || before.length < 3) continue
      const two = feeders
        .filter((each) => each !== one)
        .map((each) => castSecond(each, many))
        .find((each) => each !== null)
      if (!two) continue
      const parts = { breaker: one.breaker['id']!, line: equipment['id']!, tie, before, nested, ...two.parts, pointsOf }
      return {
        ground: { ...parts, beyond: below.filter((each) => many(each, 1)) },
        tieEnds: [two.head, equipment['to_node']!],
      }
    }
  throw new Error(`${realFolder} has no feeders for the storm night`)
}

function castSecond(feeder: Feeder, many: (transformer: string, count: number) => boolean) {
  for (const { equipment, below } of feeder.sections) {
    if (equipment['kind'] !== 'fuse' || below.filter((each) => many(each, 2)).length < 3) continue
    const [metered, second] = feeder.all.filter((each) => !below.includes(each) && many(each, 8))
    const fused = below.filter((each) => many(each, 1))
    const parts = { fuse: equipment['id']!, fused, metered: metered!, second: second! }
    if (second) return { parts, head: feeder.breaker['to_node']! }
  }
  return null
}

/** Each feeder from its source, with what hangs below each piece of equipment: a walk over a tree. */
function readFeeders(equipment: Row[], transformers: Row[], sources: Row[]): Feeder[] {
  const leaving = groupBy(equipment, 'from_node')
  const standing = groupBy(transformers, 'node')
  return sources.flatMap(({ node }) =>
    (leaving.get(node!) ?? []).map((breaker) => {
      const sections: Feeder['sections'] = []
      const walk = (piece: Row): string[] => {
        const at = piece['to_node']!
        const below = (standing.get(at) ?? []).map(({ id }) => id!)
        for (const next of leaving.get(at) ?? []) below.push(...walk(next))
        sections.push({ equipment: piece, below })
        return below
      }
      return { breaker, all: walk(breaker), sections }
    }),
  )
}

/** Leaves the meters of one transformer: elsewhere people must call. */
function keepMeters(folder: string, transformer: string): void {
  const columns = headOf(folder, 'service_points.csv')
  const [place, meter] = [columns.indexOf('transformer_id'), columns.indexOf('meter_no')]
  const lines = readFileSync(path.join(folder, 'service_points.csv'), 'utf8').trimEnd().split('\n')
  const kept = lines.map((line, at) => {
    const cells = line.split(',')
    if (at > 0 && cells[place] !== transformer) cells[meter] = ''
    return cells.join(',')
  })
  writeFileSync(path.join(folder, 'service_points.csv'), `${kept.join('\n')}\n`)
}

function headOf(folder: string, file: string): string[] {
  return readFileSync(path.join(folder, file), 'utf8').split('\n', 1)[0]!.trim().split(',')
}

/** The rows up to the first quoted cell, which is a geometry and the last. */
function readRows(folder: string, file: string): Row[] {
  const columns = headOf(folder, file)
  const lines = readFileSync(path.join(folder, file), 'utf8').trimEnd().split('\n').slice(1)
  return lines.map((line) => {
    const cells = line.split('"', 1)[0]!.split(',')
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}

function groupBy(rows: Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row[column]!)
    if (group) group.push(row)
    else groups.set(row[column]!, [row])
  }
  return groups
}
