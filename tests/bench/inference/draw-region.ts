// A made-up region for measuring at city scale: feeders of a breaker, a recloser and fused branches, each branch with its
// transformers along a line. Shapes only; no places, and nothing of it is random.
import type { NetworkRows } from '../../../server/network/index.ts'

export type RegionSize = { feeders: number; branches: number; transformersABranch: number; pointsATransformer: number }

/** About `points` service points in feeders of 30 transformers with 59 service points each, as in a large Chinese city. */
export function sizeFor(points: number): RegionSize {
  const pointsATransformer = 59
  return {
    feeders: Math.round(points / (30 * pointsATransformer)),
    branches: 10,
    transformersABranch: 3,
    pointsATransformer,
  }
}

export function regionRows(size: RegionSize): NetworkRows {
  return {
    equipment: equipmentRows(size),
    sources: sourceRows(size),
    transformers: transformerRows(size),
    servicePoints: servicePointRows(size),
  }
}

function* sourceRows({ feeders }: RegionSize) {
  for (let f = 0; f < feeders; f++) yield { node: `f${f}/s`, substation_id: `f${f}` }
}

function* equipmentRows({ feeders, branches, transformersABranch }: RegionSize) {
  for (let f = 0; f < feeders; f++) {
    const feeder_id = `f${f}`
    const link = (id: string, kind: 'breaker' | 'recloser' | 'fuse' | 'line', from: string, to: string) => ({
      id: `f${f}/${id}`,
      kind,
      from_node: `f${f}/${from}`,
      to_node: `f${f}/${to}`,
      feeder_id,
      telemetered: kind === 'breaker' || kind === 'recloser',
    })
    yield link('CB', 'breaker', 's', 'n0')
    for (let b = 0; b < branches; b++) {
      const beyond = `n${b + 1}`
      yield b === branches / 2 ? link('R', 'recloser', `n${b}`, beyond) : link(`L${b}`, 'line', `n${b}`, beyond)
      yield link(`F${b}`, 'fuse', beyond, `b${b}t0`)
      for (let t = 1; t < transformersABranch; t++) yield link(`L${b}.${t}`, 'line', `b${b}t${t - 1}`, `b${b}t${t}`)
    }
  }
}

function* transformerRows({ feeders, branches, transformersABranch }: RegionSize) {
  for (let f = 0; f < feeders; f++)
    for (let b = 0; b < branches; b++)
      for (let t = 0; t < transformersABranch; t++)
        yield { id: `f${f}/T${b}.${t}`, node: `f${f}/b${b}t${t}`, feeder_id: `f${f}` }
}

function* servicePointRows({ feeders, branches, transformersABranch, pointsATransformer }: RegionSize) {
  for (let f = 0; f < feeders; f++)
    for (let b = 0; b < branches; b++)
      for (let t = 0; t < transformersABranch; t++)
        for (let p = 0; p < pointsATransformer; p++)
          yield { id: `f${f}/T${b}.${t}/${p}`, transformer_id: `f${f}/T${b}.${t}`, metered: true }
}
