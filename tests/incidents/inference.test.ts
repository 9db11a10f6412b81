import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { groupIntoUnits, traceSupply, type Network } from '../../server/network/index.ts'
import {
  addEvidence,
  countDevices,
  createFeederInference,
  createNetworkInference,
  defaultParameters,
  hearEvidence,
  learnKindShares,
  settle,
  settleNetwork,
  spreadFaultRates,
  type Grid,
} from '../../server/incidents/index.ts'
import { customers, equipment, grid } from '../network/sketch.ts'
import { asEvidence, enumerate } from './enumerate.ts'
import { inferred, later, meter, nameOf, noon, report, telemetry, town } from './town.ts'

/** No delay in calling, so that brute force needs no clock. */
const timeless = { ...defaultParameters, callDelay_s: 1e-3 }

function gridOf(network: Network, intensity = 2): Grid {
  const supply = traceSupply(network)
  const rates = spreadFaultRates(timeless, countDevices(network, supply), intensity)
  return { network, supply, units: groupIntoUnits(network, supply), rates }
}

const subset = fc.integer({ min: 0, max: 127 })
const members = (bits: number) => new Set([0, 1, 2, 3, 4, 5, 6].filter((bit) => (bits >> bit) & 1))

describe('the posterior', () => {
  it('equals the one found by trying every set of opened devices', () => {
    fc.assert(
      fc.property(
        fc.record({ called: subset, off: subset, on: subset, metered: fc.boolean() }),
        fc.record({ B1: fc.constantFrom('open', 'closed', null), R2: fc.constantFrom('open', 'closed', null) }),
        ({ called, off, on, metered }, told) => {
          const network = town(metered)
          const parts = gridOf(network)
          const feeder = createFeederInference(parts, 0, timeless)
          const { tree } = feeder.model
          const alive = metered ? members(on) : new Set<number>()
          const without = (set: Set<number>) => new Set([...set].filter((each) => !alive.has(each)))
          const words = new Map<number, 'open' | 'closed'>()
          for (const [id, state] of Object.entries(told))
            if (state !== null)
              words.set(tree.deviceOfEquipment.get(network.equipment.ids.find(id))!, state as 'open' | 'closed')
          const said = {
            called: without(members(called)),
            off: metered ? without(members(off)) : new Set<number>(),
            on: alive,
            words,
          }
          for (const each of asEvidence(tree, said, noon)) addEvidence(feeder, network, each)
          const { posterior } = settle(feeder, later)
          const truth = enumerate(tree, parts.rates, timeless, said)
          for (const [device, chance] of posterior.outermost) expect(chance).toBeCloseTo(truth.outermost[device]!, 6)
          for (const { leaf, opened } of posterior.leaves)
            expect(opened).toBeCloseTo(truth.alone.get(leaf.point) ?? 0, 6)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('adds up to one over all that could explain a caller', () => {
    fc.assert(
      fc.property(subset, subset, (called, off) => {
        const network = town(true)
        const feeder = createFeederInference(gridOf(network), 0)
        for (const servicePoint of members(called))
          addEvidence(feeder, network, { kind: 'report', servicePoint, at: noon })
        for (const servicePoint of members(off))
          addEvidence(feeder, network, { kind: 'power_off', servicePoint, at: noon })
        const { posterior, incidents } = settle(feeder, later)
        const { tree } = feeder.model
        for (const { leaf, opened, lit } of posterior.leaves) {
          let sum = opened + lit
          for (let at = leaf.device; at > 0; at = tree.parent[at]!) sum += posterior.outermost.get(at)!
          expect(sum).toBeCloseTo(1, 9)
        }
        for (const { probability, rivals } of incidents)
          for (const each of [probability, ...rivals.map((rival) => rival.probability)])
            expect(each >= 0 && each <= 1).toBe(true)
      }),
    )
  })

  it('is the same whether evidence comes one by one with settling in between or all at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 2 })), { maxLength: 9 }),
        (steps) => {
          const network = town(true)
          const [slow, fast] = [createFeederInference(gridOf(network), 0), createFeederInference(gridOf(network), 0)]
          steps.forEach(([servicePoint, which], minute) => {
            const at = noon + minute * 60_000
            const kind = (['report', 'power_off', 'power_on'] as const)[which]!
            addEvidence(slow, network, { kind, servicePoint, at })
            settle(slow, at)
          })
          steps.forEach(([servicePoint, which], minute) => {
            const kind = (['report', 'power_off', 'power_on'] as const)[which]!
            addEvidence(fast, network, { kind, servicePoint, at: noon + minute * 60_000 })
          })
          expect(settle(slow, later)).toEqual(settle(fast, later))
        },
      ),
    )
  })

  it('does not depend on what other units have heard when there is only one', () => {
    const network = town()
    const inference = createNetworkInference(network)
    hearEvidence(inference, report(network, 'T1-1'))
    const single = createFeederInference(inference, 0)
    addEvidence(single, network, report(network, 'T1-1'))
    expect(settleNetwork(inference, later).get(0)).toEqual(settle(single, later))
  })
})

describe('what is answered', () => {
  it('puts a lone caller whom nobody explains on his service point', () => {
    const network = grid({
      equipment: equipment('B1 s>a', 'F1 a>b'),
      transformers: [{ id: 'T1', node: 'b' }],
      servicePoints: customers(300, 'T1'),
    })
    const [incident, ...others] = inferred(network, [report(network, 'T1-7')])
    expect(incident).toMatchObject({ name: 'T1-7', servicePointCount: 1, evidenceCount: 1 })
    expect(others).toEqual([])
  })

  it('finds the device above several callers, and counts a repeat caller once', () => {
    const network = grid({
      equipment: equipment('B1 s>a', 'F1 a>b', 'F2 a>c'),
      transformers: [
        { id: 'T1', node: 'b' },
        { id: 'T2', node: 'b' },
        { id: 'T3', node: 'c' },
      ],
      servicePoints: [...customers(40, 'T1'), ...customers(40, 'T2'), ...customers(400, 'T3')],
    })
    const calls = ['T1-1', 'T1-2', 'T1-3', 'T1-2', 'T2-5', 'T2-6', 'T2-7'].map((id) => report(network, id))
    expect(inferred(network, calls)).toMatchObject([{ name: 'F1', servicePointCount: 80, evidenceCount: 6 }])
  })

  it('counts devices that feed exactly the same customers as one', () => {
    const network = town()
    const [incident] = inferred(network, [report(network, 'T3-1')])
    expect(incident!.servicePointCount).toBe(1)
    const names = [incident!.device, ...incident!.alike].map((each) => nameOf(network, each)).sort()
    expect(names).toEqual(['F3', 'T3', 'T3-1'])
    expect(incident!.rivals.map(({ device }) => nameOf(network, device))).not.toContain('F3')
  })

  it('never answers with a device telemetered closed', () => {
    fc.assert(
      fc.property(subset, (called) => {
        const network = town()
        const calls = [...members(called)].map((point) => report(network, network.servicePoints.ids.nameOf(point)))
        const incidents = inferred(network, [
          ...calls,
          telemetry(network, 'B1', 'closed'),
          telemetry(network, 'R2', 'closed'),
        ])
        for (const { name, rivals } of incidents)
          for (const each of [name, ...rivals.map(({ device }) => nameOf(network, device))])
            expect(['B1', 'R2']).not.toContain(each)
      }),
    )
  })

  it('takes an uncommanded opening for certain at once, without a call', () => {
    const network = town()
    const [incident] = inferred(network, [telemetry(network, 'R2', 'open')], noon)
    expect(incident).toMatchObject({ name: 'R2', servicePointCount: 3, told: true })
    expect(incident!.probability).toBe(1)
  })

  it('counts only the outer of two nested openings', () => {
    const network = town()
    const found = inferred(network, [telemetry(network, 'R2', 'open'), telemetry(network, 'B1', 'open')])
    expect(found.map(({ name }) => name)).toEqual(['B1'])
  })

  it('takes a commanded opening for switching: who is dark behind it needs no other cause', () => {
    const network = town()
    expect(inferred(network, [telemetry(network, 'R2', 'open', true), report(network, 'x-1', noon + 1000)])).toEqual([])
  })

  it('holds what a crew has seen for certain, and restores what it has closed', () => {
    const network = town()
    const device = { kind: 'transformer' as const, item: network.transformers.ids.find('T1') }
    const seen = { kind: 'sighting' as const, device, at: noon + 1000, state: 'open' as const }
    const calls = ['T1-1', 'x-1', 'T3-1'].map((id) => report(network, id))
    const [first] = inferred(network, [...calls, seen])
    expect(first).toMatchObject({ name: 'T1', probability: 1, told: true })
    const after = inferred(network, [...calls, seen, { ...seen, at: noon + 60_000, state: 'closed' as const }])
    expect(after.map(({ name }) => name)).not.toContain('T1')
  })

  it('weighs a lone last gasp instead of believing it', () => {
    const network = grid({
      equipment: equipment('B1 s>a'),
      transformers: [{ id: 'T1', node: 'a' }],
      servicePoints: customers(2000, 'T1', null, true),
    })
    const [alone] = inferred(network, [meter(network, 'T1-1', 'power_off')])
    expect(alone).toMatchObject({ name: 'T1-1' })
    expect(alone!.probability).toBeLessThan(0.5)
  })

  it('judges on the supply as switched: a branch moved by a tie is out with its new feeder', () => {
    //  s ─B1─ a ─S1─ b (T1: 6)      s2 ─B2─ c (T2: 6)      b ··S9·· c
    const network = grid({
      sources: [
        { node: 's', substation_id: 'one' },
        { node: 's2', substation_id: 'two' },
      ],
      equipment: equipment('B1 s>a*', 'L1 a>b*', 'B2 s2>c', 'S9 b>c!*', 'L2 a>d'),
      transformers: [
        { id: 'T0', node: 'd' },
        { id: 'T1', node: 'b' },
        { id: 'T2', node: 'c' },
      ],
      servicePoints: [...customers(6, 'T0'), ...customers(6, 'T1'), ...customers(6, 'T2')],
    })
    const moved = [telemetry(network, 'L1', 'open', true), telemetry(network, 'S9', 'closed', true)]
    const calls = ['T1-1', 'T1-2', 'T1-3', 'T2-1', 'T2-2', 'T2-3'].map((id) => report(network, id, noon + 1000))
    expect(inferred(network, [...calls.slice(0, 2), ...moved, ...calls])[0]).toMatchObject({
      name: 'B2',
      servicePointCount: 12,
    })
  })

  it('works where there is no graph at all', () => {
    const network = grid({
      sources: [],
      transformers: [{ id: 'T1', feeder_id: 'f' }, { id: 'T2' }],
      servicePoints: [...customers(20, 'T1'), ...customers(200, 'T2')],
    })
    const calls = ['T1-1', 'T1-2', 'T1-3', 'T2-1'].map((id) => report(network, id))
    expect(
      inferred(network, calls)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['T1', 'T2-1'])
  })
})

describe('learning', () => {
  it('moves the shares by kind towards what was counted', () => {
    const shares = learnKindShares({ fuse: 950 })
    expect(shares.fuse).toBeGreaterThan(0.9)
    expect(Object.values(shares).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9)
  })
})
