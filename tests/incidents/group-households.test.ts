import { describe, expect, it } from 'vitest'
import { groupHouseholds } from '../../server/incidents/group-households.ts'
import type { Inferred } from '../../server/incidents/reconcile.ts'

const inferred = (
  id: string,
  kind: Inferred['device']['kind'],
  transformer: number,
  points: number[] | null,
): Inferred => ({
  device: { id, kind },
  extent: { transformers: [transformer], points },
  incident: {
    device: { kind: 'service_point', item: points?.[0] ?? 0 },
    probability: 0.3,
    rivals: [],
    alike: [],
    servicePointCount: points?.length ?? 60,
    evidenceCount: 1,
    firstSignAt: 1000 - (points?.[0] ?? 0),
    told: false,
    switched: false,
    treeDevice: -1,
  },
})

describe('households that call at the same time', () => {
  it('are one incident at their transformer, with only the callers out by it', () => {
    const [one, ...rest] = groupHouseholds(
      [inferred('a', 'service_point', 7, [1]), inferred('b', 'meter_box', 7, [2, 3])],
      (each) => `T${each}`,
    )
    expect(rest).toEqual([])
    expect(one?.device).toEqual({ id: 'T7', kind: 'transformer' })
    expect(one?.extent).toEqual({ transformers: [7], points: [1, 2, 3] })
    expect(one?.incident.evidenceCount).toBe(2)
    expect(one?.incident.firstSignAt).toBe(998)
  })

  it('stay apart where their transformers differ, and a lone caller stays a household', () => {
    const given = [inferred('a', 'service_point', 7, [1]), inferred('b', 'service_point', 8, [2])]
    expect(groupHouseholds(given, String)).toEqual(given)
  })

  it('leave transformers, fuses and breakers as they were inferred', () => {
    const given = [inferred('T7', 'transformer', 7, null), inferred('F1', 'fuse', 9, null)]
    expect(groupHouseholds(given, String)).toEqual(given)
  })
})
