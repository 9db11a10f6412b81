// Reads a generated folder back as plain rows and shapes, as an importer would.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readCsv } from '../../data/import/read-csv.ts'

export type Row = Record<string, string>
export type Shape = { properties: Record<string, string>; rings: [number, number][][] }

export async function readRows(folder: string, file: string): Promise<Row[]> {
  const rows: Row[] = []
  for await (const { values } of readCsv(path.join(folder, file))) rows.push(values)
  return rows
}

type Geometry =
  { type: 'Polygon'; coordinates: [number, number][][] } | { type: 'MultiPolygon'; coordinates: [number, number][][][] }

export function readShapes(folder: string, file: string): Shape[] {
  const { features } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as {
    features: { properties: Record<string, string>; geometry: Geometry }[]
  }
  return features.map(({ properties, geometry }) => ({
    properties,
    rings: geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat(),
  }))
}

export const place = (row: Row): [number, number] => [Number(row.lon), Number(row.lat)]

/** Even-odd over all rings of a shape. */
export function isInside({ rings }: Shape, [x, y]: [number, number]): boolean {
  let inside = false
  for (const ring of rings)
    for (let i = 0; i + 1 < ring.length; i++) {
      const [[x1, y1], [x2, y2]] = [ring[i]!, ring[i + 1]!]
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside
    }
  return inside
}

/** Whether a straight line passes over a shape: it starts inside, or crosses its outline. */
export function touches(shape: Shape, from: [number, number], to: [number, number]): boolean {
  if (isInside(shape, from) || isInside(shape, to)) return true
  const turn = (a: [number, number], b: [number, number], c: [number, number]) =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
  return shape.rings.some((ring) =>
    ring.slice(1).some((end, k) => {
      const start = ring[k]!
      return turn(from, to, start) !== turn(from, to, end) && turn(start, end, from) !== turn(start, end, to)
    }),
  )
}

/** The nodes that can be reached from `start`, and whether any was come upon twice by different links. */
export function walk(links: [string, string][], start: string[]): { reached: Set<string>; looped: boolean } {
  const beside = new Map<string, [number, string][]>()
  links.forEach(([a, b], link) => {
    beside.set(a, [...(beside.get(a) ?? []), [link, b]])
    beside.set(b, [...(beside.get(b) ?? []), [link, a]])
  })
  const reached = new Set(start)
  const open = start.map((node): [string, number] => [node, -1])
  let looped = false
  while (open.length > 0) {
    const [node, came] = open.pop()!
    for (const [link, other] of beside.get(node) ?? []) {
      if (link === came) continue
      if (reached.has(other)) looped = true
      else {
        reached.add(other)
        open.push([other, link])
      }
    }
  }
  return { reached, looped }
}
