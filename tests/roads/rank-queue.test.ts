import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RankQueue } from '../../server/roads/rank-queue.ts'

test('ranks come out lowest first, each once, while higher ones are added', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4999)), fc.array(fc.nat(700)), (starts, climbs) => {
      const queue = new RankQueue(5000)
      const wanted = new Set(starts)
      for (const rank of starts) queue.add(rank)
      const taken: number[] = []
      for (let rank = queue.take(); rank >= 0; rank = queue.take()) {
        taken.push(rank)
        const higher = rank + 1 + (climbs[taken.length] ?? 5000)
        if (higher >= 5000) continue
        queue.add(higher)
        wanted.add(higher)
      }
      expect(taken).toEqual([...wanted].sort((one, other) => one - other))
    }),
  )
})
