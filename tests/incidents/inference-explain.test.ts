import { describe, expect, it } from 'vitest'
import {
  addEvidence,
  createFeederInference,
  createNetworkInference,
  explain,
  gainOf,
  settle,
} from '../../server/incidents/index.ts'
import { customers, equipment, grid } from '../network/sketch.ts'

const noon = Date.parse('2026-07-01T12:00:00+08:00')
const hour = 3_600_000

//  s ─B1*─ a ─F1─ b ─┬─ T1 (10)
//                    └─ T2 (10)      a ─ T3 (200)
const network = grid({
  equipment: equipment('B1 s>a*', 'F1 a>b'),
  transformers: [
    { id: 'T1', node: 'b' },
    { id: 'T2', node: 'b' },
    { id: 'T3', node: 'a' },
  ],
  servicePoints: [...customers(10, 'T1', null, true), ...customers(10, 'T2', null, true), ...customers(200, 'T3')],
})

function judged(callers: string[], pings: [string, boolean][] = []) {
  const feeder = createFeederInference(createNetworkInference(network), 0)
  for (const id of callers)
    addEvidence(feeder, network, { kind: 'report', servicePoint: network.servicePoints.ids.find(id), at: noon })
  for (const [id, answered] of pings) {
    const servicePoint = network.servicePoints.ids.find(id)
    addEvidence(feeder, network, { kind: 'ping', servicePoint, at: noon + 60_000, answered })
  }
  const settled = settle(feeder, noon + hour)
  const incident = settled.incidents[0]!
  return { incident, ...explain(feeder, network, settled, incident, noon + hour) }
}

describe('receipts', () => {
  it('let callers speak for the incident and silence against it', () => {
    const { receipts } = judged(['T1-1', 'T1-2', 'T1-3'])
    const of = (kind: string) => receipts.find((each) => each.kind === kind)
    expect(of('report')).toMatchObject({ count: 3 })
    expect(of('report')!.servicePoints).toHaveLength(3)
    expect(of('report')!.logRatio).toBeGreaterThan(10)
    expect(of('no_report')!.logRatio).toBeLessThan(0)
    expect(of('prior')!.logRatio).toBeLessThan(0)
  })
})

describe('the next check', () => {
  it('asks a meter that only the rival would leave dark', () => {
    const { incident, nextChecks } = judged(['T1-1', 'T1-2', 'T1-3'])
    expect(incident.rivals.length).toBeGreaterThan(0)
    expect(nextChecks.length).toBeGreaterThan(0)
    for (const { gain_bits } of nextChecks) expect(gain_bits).toBeGreaterThan(0)
  })

  it('lets the answer decide: a lit neighbour clears the fuse, and the same meter is not asked again', () => {
    const { incident, nextChecks } = judged(['T1-1', 'T1-2', 'T1-3'], [['T2-1', true]])
    const [fuse] = [incident, ...incident.rivals.map(({ device, probability }) => ({ device, probability }))].filter(
      ({ device }) => device.kind === 'fuse',
    )
    expect(fuse?.probability ?? 0).toBeLessThan(0.01)
    const asked = nextChecks.find(({ kind }) => kind === 'ping')
    expect(asked).not.toMatchObject({ servicePoint: network.servicePoints.ids.find('T2-1') })
  })

  it('gains one bit from a question that halves two equal hypotheses, and nothing from one they answer alike', () => {
    expect(gainOf([0.5, 0.5], [1, 0])).toBeCloseTo(1, 9)
    expect(gainOf([0.5, 0.5], [0.3, 0.3])).toBeCloseTo(0, 9)
  })
})
