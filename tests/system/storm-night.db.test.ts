// The storm night (storm-night.ts) on the small region of tests/fixtures/region.ts, and on a real network where it is at hand.
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openTestApp } from '../fixtures/app.ts'
import { pointsOf } from '../fixtures/region.ts'
import { realFolder, readStage } from './real-stage.ts'
import { playStormNight, type Ground } from './storm-night.ts'

const region: Ground = {
  breaker: 'CB2',
  line: 'LB',
  tie: 'TIE',
  before: ['T4'],
  beyond: ['T5', 'T6'],
  nested: 'T5',
  fuse: 'FA',
  fused: ['T3'],
  metered: 'T1',
  second: 'T2',
  // P110 is disconnected for non-payment: it has no supply to lose.
  pointsOf: (transformer) =>
    pointsOf(transformer)
      .filter((id) => id !== 'P110')
      .map((id) => ({ id, account_no: `A${id.slice(1)}`, meter_no: `M${id.slice(1)}` })),
}

const isThere = existsSync(realFolder)
if (!isThere) console.log('skipped: the storm night on a real network: ../shared/data/networks/fr_a is not there')

describe('a storm night leaves every service point the interruptions that an independent recount gives, to the second', () => {
  it('on the small region', async () => {
    const at = await openTestApp()
    try {
      await playStormNight(at, region)
    } finally {
      await at.close()
    }
  })

  it.skipIf(!isThere)(
    'on a real network of 75 feeders',
    async () => {
      const stage = readStage()
      const at = await openTestApp(() => stage)
      try {
        const { customers } = (
          await at.sql<{ customers: number }>('select count(*)::integer as customers from service_point')
        )[0]!
        expect(customers).toBeGreaterThan(30_000)
        await playStormNight(at, stage.ground)
      } finally {
        await at.close()
      }
    },
    600_000,
  )
})
