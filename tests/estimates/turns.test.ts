// In a storm not all open incidents can be looked at in one turn.
import { expect, test } from 'vitest'
import { takeTurn } from '../../server/incidents/refresh-estimates.ts'

const open = Array.from({ length: 10 }, (_, at) => ({ id: `i${at}`, is_due: at >= 4 }))

test('every incident has its turn, however many have nothing that stands', () => {
  const looked = new Map<string, number>()
  for (let turn = 1; turn <= 5; turn += 1) for (const id of takeTurn(open, looked, 4)) looked.set(id, turn)
  expect([...looked.keys()].sort()).toEqual(open.map(({ id }) => id))
})

test('who has nothing that stands comes before those looked at earlier, for half of a turn', () => {
  const looked = new Map(open.map(({ id, is_due }, at) => [id, is_due ? 100 + at : at]))
  expect(takeTurn(open, looked, 4)).toEqual(['i4', 'i5', 'i0', 'i1'])
  expect(takeTurn(open, looked)).toHaveLength(10)
})
