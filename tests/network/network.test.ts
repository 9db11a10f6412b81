import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  buildNetwork,
  downstreamOf,
  groupIntoUnits,
  Identifiers,
  isEnergised,
  remarkOnSupply,
  switchEquipment,
  traceSupply,
  UNFED,
  upstreamPath,
  type Network,
} from '../../server/network/index.ts'
import { customers, equipment, grid } from './sketch.ts'

//  s ─B1─ a ─F1─ b (T1: 2)          s2 ─B2─ e ─L3─ f (T3: 4)
//         └─L1─ c ─S1─ d (T2: 3)            d ····T9 (open tie)···· f
const twoFeeders = () =>
  grid({
    sources: [
      { node: 's', substation_id: 'one' },
      { node: 's2', substation_id: 'two' },
    ],
    equipment: equipment('B1 s>a', 'F1 a>b', 'L1 a>c', 'S1 c>d', 'B2 s2>e', 'L3 e>f', 'S9 d>f!'),
    transformers: [
      { id: 'T1', node: 'b' },
      { id: 'T2', node: 'd' },
      { id: 'T3', node: 'f' },
    ],
    servicePoints: [...customers(2, 'T1'), ...customers(3, 'T2'), ...customers(4, 'T3')],
  })

const at = (network: Network, id: string) => network.equipment.ids.find(id)
const names = (network: Network, items: number[]) => items.map((each) => network.equipment.ids.nameOf(each))
const node = (network: Network, id: string) => network.nodes.find(id)

describe('the supply as switched now', () => {
  it('feeds each node through one path from its source', () => {
    const network = twoFeeders()
    const supply = traceSupply(network)
    expect(names(network, upstreamPath(network, supply, node(network, 'd')))).toEqual(['S1', 'L1', 'B1'])
    expect(downstreamOf(network, supply, at(network, 'L1'))).toMatchObject({ transformers: [1], servicePointCount: 3 })
    expect(downstreamOf(network, supply, at(network, 'B1')).servicePointCount).toBe(5)
    expect(remarkOnSupply(network, supply)).toEqual([])
  })

  it('leaves what is behind an opened device dark, but in its tree', () => {
    const network = twoFeeders()
    const supply = traceSupply(network)
    const trees = switchEquipment(network, supply, [{ equipment: at(network, 'L1'), open: true }])
    expect(trees).toEqual([0])
    expect([0, 1, 2].map((each) => isEnergised(network, supply, each))).toEqual([true, false, true])
    expect(supply.treeOf[node(network, 'd')]).toBe(0)
    expect(remarkOnSupply(network, supply)).toEqual([])
  })

  it('feeds a dark branch from the neighbour when the tie is closed, and goes back when it is opened', () => {
    const network = twoFeeders()
    const supply = traceSupply(network)
    const normal = supply.fedBy.slice()
    switchEquipment(network, supply, [{ equipment: at(network, 'L1'), open: true }])
    switchEquipment(network, supply, [{ equipment: at(network, 'S9'), open: false }])
    expect(names(network, upstreamPath(network, supply, node(network, 'd')))).toEqual(['S9', 'L3', 'B2'])
    expect(isEnergised(network, supply, 1)).toBe(true)
    switchEquipment(network, supply, [
      { equipment: at(network, 'S9'), open: true },
      { equipment: at(network, 'L1'), open: false },
    ])
    expect([...supply.fedBy]).toEqual([...normal])
    expect([...supply.dark].every((dark) => dark === 0)).toBe(true)
  })

  it('reports a ring and an island instead of failing', () => {
    //  s ─B1─ a ─L1─ b,  a ─L2─ b (ring);   x ─L9─ y (T1) fed by nothing
    const network = grid({
      equipment: equipment('B1 s>a', 'L1 a>b', 'L2 a>b', 'L9 x>y'),
      transformers: [{ id: 'T1', node: 'y' }],
    })
    const remarks = remarkOnSupply(network, traceSupply(network))
    expect(remarks).toHaveLength(2)
    expect(remarks.join()).toMatch(/L[12] closes a ring.*T1 is on an island/)
  })

  it('takes the heads of the breakers as sources where none is named', () => {
    const network = buildNetwork({
      equipment: equipment('B1 s>a', 'L1 a>b'),
      transformers: [{ id: 'T1', node: 'b' }],
      servicePoints: customers(1, 'T1'),
    })
    expect(traceSupply(network).treeOf[node(network, 'b')]).toBe(0)
    expect(network.remarks[0]!.says).toMatch(/no source is named/)
  })

  it('tells the same after any sequence of switching as when traced from scratch, in a radial grid', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), { maxLength: 12 }), (steps) => {
        const network = twoFeeders()
        const supply = traceSupply(network)
        for (const [item, open] of steps) switchEquipment(network, supply, [{ equipment: item, open }])
        const fresh = traceSupply(network, supply.open.slice())
        expect([...supply.treeOf]).toEqual([...fresh.treeOf])
        expect([...supply.dark]).toEqual([...fresh.dark])
      }),
    )
  })

  it('never lights a node that no closed path connects with a source, with ties and rings too', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.boolean()), { maxLength: 12 }), (steps) => {
        const network = twoFeeders()
        const supply = traceSupply(network)
        for (const [item, open] of steps) switchEquipment(network, supply, [{ equipment: item, open }])
        const lit = new Set(network.sources)
        for (let round = 0; round < network.nodes.size; round++)
          for (let each = 0; each < network.equipment.ids.size; each++) {
            const ends = [network.equipment.from[each]!, network.equipment.to[each]!]
            if (!supply.open[each] && ends.some((end) => lit.has(end))) ends.forEach((end) => lit.add(end))
          }
        for (const [index, name] of network.nodes.entries())
          if (!network.sources.includes(index))
            expect([name, supply.treeOf[index] !== UNFED && !supply.dark[index]]).toEqual([name, lit.has(index)])
      }),
    )
  })
})

describe('units', () => {
  it('hangs transformers without a node below the head of their feeder, or by themselves', () => {
    const rows = equipment('B1 s>a')
    rows[0]!.feeder_id = 'one'
    const network = grid({
      equipment: rows,
      transformers: [
        { id: 'T1', node: 'a' },
        { id: 'T2', feeder_id: 'one' },
        { id: 'T3', feeder_id: 'other' },
        { id: 'T4', feeder_id: 'other' },
        { id: 'T5' },
      ],
    })
    const units = groupIntoUnits(network, traceSupply(network))
    expect([...units.unitOf]).toEqual([0, 0, 1, 1, 2])
    expect(units.loose).toEqual([[1], [2, 3], [4]])
  })
})

describe('building', () => {
  it('cuts a chain of low-voltage parents that bites its tail', () => {
    const network = grid({
      transformers: [{ id: 'T1' }],
      lvEquipment: [
        { id: 'x', kind: 'lv_branch', transformer_id: 'T1', parent_id: 'y' },
        { id: 'y', kind: 'lv_branch', transformer_id: 'T1', parent_id: 'x' },
      ],
    })
    expect([...network.lvEquipment.parent].filter((parent) => parent === -1)).toHaveLength(1)
    expect(network.remarks).toHaveLength(1)
  })

  it('numbers identifiers as a map would', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 4 }), { maxLength: 300 }), (words) => {
        const [identifiers, known] = [new Identifiers(), new Map<string, number>()]
        for (const word of words) {
          if (!known.has(word)) known.set(word, known.size)
          expect(identifiers.add(word)).toBe(known.get(word))
        }
        expect(identifiers.find('longer than any')).toBe(-1)
      }),
    )
  })
})
