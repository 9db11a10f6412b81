import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planInstance, readInstance, seededRandom, InstanceFault } from '../../server/dispatch/index.ts'
import { assignIncidents, completionCost } from '../../server/dispatch/planning/assignment-search.ts'
import { Blinks, cheapestPlace } from '../../server/dispatch/planning/insertion.ts'
import { cheapestMatching } from '../../server/dispatch/planning/matching.ts'
import { costOf, faultOf, type Problem } from '../../server/dispatch/planning/problem.ts'
import { RouteBook } from '../../server/dispatch/planning/route-book.ts'
import { improveRoutes } from '../../server/dispatch/planning/ruin-and-recreate.ts'
import { byChance, everyPlan, noExtras, onALine } from './planning-problems.ts'

function solve(problem: Problem, iterations = 300, seed = 1) {
  const start = Array.from({ length: problem.crews }, () => [])
  return improveRoutes(problem, { start, budget: { iterations }, random: seededRandom(seed) })
}

describe('the optimiser', () => {
  test('serves the near before the far when all weigh the same', () => {
    //  0   1   2       5
    //  C   a   b       c
    const { routes, cost } = solve(onALine({ crews: [0], incidents: [5, 1, 2] }))
    expect(routes).toEqual([[1, 2, 0]])
    expect(cost).toBe(1 + 2 + 5)
  })

  test('drives past a small incident to a large one, and takes the small one on the way back', () => {
    //  0   1           6
    //  C   1           100
    const { routes } = solve(onALine({ crews: [0], incidents: [1, 6], work: 4, weight: [1, 100] }))
    expect(routes).toEqual([[1, 0]])
  })

  test('gives each end of the line to the crew that is nearest', () => {
    const { routes } = solve(onALine({ crews: [0, 10], incidents: [9, 1, 8, 2] }))
    expect(routes).toEqual([
      [1, 3],
      [0, 2],
    ])
  })

  test('leaves a told next stop alone while changing it saves less than its price', () => {
    const problem = onALine({ crews: [0], incidents: [1, 2] })
    problem.extras = { ...noExtras(problem), told: Int32Array.of(1), changePrice: 5 }
    expect(solve(problem).routes).toEqual([[1, 0]])
    problem.extras.changePrice = 0.5
    expect(solve(problem).routes).toEqual([[0, 1]])
  })

  test('repairs upstream before downstream although downstream is nearer', () => {
    const problem = onALine({ crews: [0], incidents: [1, 2], work: 10, weight: [5, 5] })
    expect(solve(problem).routes).toEqual([[0, 1]])
    problem.extras = { ...noExtras(problem), orders: [{ before: 1, after: 0, price: 5, holds: 'completion' }] }
    expect(solve(problem).routes).toEqual([[1, 0]])
  })

  test('leaves out what does not fit into the shift, the lightest first', () => {
    const problem = onALine({ crews: [0], incidents: [1, 2, 3], work: 10, weight: [2, 1, 3] })
    problem.latest.fill(25)
    problem.absentPrice = problem.weight.map((weight) => 1000 * weight)
    expect(solve(problem).routes[0]!.toSorted()).toEqual([0, 2])
  })

  test('finds the best of all plans of a small problem', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const problem = byChance(seededRandom(seed), 2, 4)
      const costs = [...everyPlan(2, 4)].flatMap((routes) =>
        faultOf(problem, routes) === undefined ? [costOf(problem, routes).total] : [],
      )
      expect(solve(problem, 1500, seed).cost).toBeCloseTo(Math.min(...costs), 6)
    }
  })

  test('reports the cost that its routes have, breaks no bound and loses no stop', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 14 }), (seed, crews, n) => {
        const problem = byChance(seededRandom(seed), crews, n)
        const { routes, cost } = solve(problem, 60, seed)
        expect(faultOf(problem, routes)).toBeUndefined()
        expect(cost).toBeCloseTo(costOf(problem, routes).total, 5)
        expect(routes).toHaveLength(crews)
      }),
      { numRuns: 60, seed: 7 },
    )
  })

  test('keeps a large plan whole', () => {
    const problem = byChance(seededRandom(8), 12, 150)
    delete problem.extras
    problem.capacity.fill(40)
    problem.latest.fill(Infinity)
    const { routes, cost } = solve(problem, 100)
    expect(faultOf(problem, routes)).toBeUndefined()
    expect(cost).toBeCloseTo(costOf(problem, routes).total, 5)
  })

  test('gives the same plan for the same seed and number of iterations', () => {
    const problem = byChance(seededRandom(3), 4, 20)
    expect(solve(problem, 200, 5)).toEqual(solve(problem, 200, 5))
  })

  test('stops when the clock says so, with a whole plan', () => {
    let reads = 0
    const problem = onALine({ crews: [0], incidents: [3, 1, 2] })
    const { routes } = improveRoutes(problem, {
      start: [[]],
      budget: { milliseconds: 5, clock: () => reads++ },
      random: seededRandom(1),
    })
    expect(routes[0]).toHaveLength(3)
    expect(reads).toBeLessThan(10)
  })
})

describe('the route book', () => {
  test('prices an insertion as much as the whole plan then costs more', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed)
        const problem = byChance(random, 3, 10)
        // Without precedence: its effect on stops pushed back is priced by the whole plan, not by the insertion.
        problem.extras!.orders = []
        const book = new RouteBook(problem, solve(problem, 5, seed).routes)
        const crew = [0, 1, 2].find((crew) => book.lengths[crew]! > 0)
        if (crew === undefined) return
        book.remove(crew, Math.floor(random() * book.lengths[crew]!), 1)
        const before = costOf(problem, book.routes())
        const incident = book.absent.at(-1)!
        const found = { crew: -1, place: 0, cost: 0 }
        cheapestPlace(book, incident, new Blinks(random, 0), found)
        if (found.crew < 0) return
        book.absent.pop()
        book.insert(found.crew, found.place, incident)
        const after = costOf(problem, book.routes())
        expect(faultOf(problem, book.routes())).toBeUndefined()
        expect(found.cost).toBeCloseTo(after.total - before.total + problem.absentPrice[incident]!, 6)
        expect(book.total()).toBeCloseTo(after.total, 6)
      }),
      { numRuns: 100, seed: 11 },
    )
  })

  test('is as it was after a roll-back', () => {
    const problem = byChance(seededRandom(2), 3, 12)
    const book = new RouteBook(problem, solve(problem, 50).routes)
    const [routes, total] = [book.routes(), book.total()]
    for (const crew of [0, 1, 2]) if (book.lengths[crew]! > 0) book.remove(crew, 0, 1)
    book.insert(0, 0, book.absent.pop()!)
    book.rollBack()
    expect(book.routes()).toEqual(routes)
    expect(book.total()).toBe(total)
  })
})

describe('crews without travel', () => {
  const machines = (seed: number, crews: number, n: number) => {
    const random = seededRandom(seed)
    const work = Float64Array.from({ length: crews * n }, (_, at) =>
      at >= n && random() < 0.1 ? Infinity : 1 + Math.floor(random() * 20),
    )
    return { crews, incidents: n, work, weight: Float64Array.from({ length: n }, () => Math.floor(random() * 10)) }
  }

  test('finds the best assignment of a small instance', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const small = machines(seed, 2, 5)
      const found = completionCost(small, assignIncidents(small, { iterations: 30 }, seededRandom(seed)))
      const whole = [...everyPlan(2, 5)].filter((routes) => routes.flat().length === 5)
      expect(found).toBe(Math.min(...whole.map((routes) => completionCost(small, routes)).filter(Number.isFinite)))
    }
  })

  test('places every incident once, and never with a crew that cannot do it', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 30 }), (seed, crews, n) => {
        const some = machines(seed, crews, n)
        const routes = assignIncidents(some, { iterations: 5 }, seededRandom(seed))
        expect(routes.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
        expect(completionCost(some, routes)).toBeLessThan(Infinity)
      }),
      { numRuns: 40, seed: 5 },
    )
  })
})

test('a matching costs the least of all matchings', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 12, maxLength: 12 }), (values) => {
      const columnOf = cheapestMatching(Float64Array.from(values), 3, 4)
      const costs: number[] = []
      for (let a = 0; a < 4; a++)
        for (let b = 0; b < 4; b++)
          for (let c = 0; c < 4; c++)
            if (a !== b && b !== c && a !== c) costs.push(values[a]! + values[4 + b]! + values[8 + c]!)
      expect(new Set(columnOf).size).toBe(3)
      expect([...columnOf].reduce((sum, column, row) => sum + values[row * 4 + column]!, 0)).toBe(Math.min(...costs))
    }),
    { seed: 3 },
  )
})

describe('an instance', () => {
  const square = {
    name: 'square',
    objective: 'sum_of_arrival_times',
    crews: 2,
    depot: [0, 0],
    points: [
      [0, 3],
      [0, 4],
      [5, 0],
    ],
    distance: 'euclidean',
    demand: [1, 1, 1],
    capacity: 2,
  }

  test('is planned with the value that its routes have', () => {
    const plan = planInstance(readInstance(square), { iterations: 50 }, 1)
    expect(plan.value).toBe(3 + 4 + 5)
    expect(plan.routes.toSorted((a, b) => b.length - a.length)).toEqual([[0, 1], [2]])
  })

  test.each([
    [{ ...square, capacity: 1 }, 'more than can be done: demand is 3 in all, 2 crews with capacity 1 carry 2'],
    [{ ...square, demand: [1, 1, 5] }, "demand.2: 5 is more than one crew's capacity of 2"],
    [{ ...square, demand: [1, 1] }, 'demand: 2 values for 3 points; there must be one a point'],
    [{ ...square, points: [[0, 'north']] }, 'points.0.1: '],
    [{ ...square, objective: 'shortest' }, 'objective: '],
    [[], 'the file: '],
  ])('that cannot be planned is refused with what is wrong (%#)', (raw, says) => {
    expect(() => readInstance(raw)).toThrow(InstanceFault)
    expect(() => readInstance(raw)).toThrow(says)
  })

  test('whose loads cannot be packed is refused, not planned in part', () => {
    const unpackable = { ...square, demand: [6, 6, 6], capacity: 10 }
    expect(() => planInstance(readInstance(unpackable), { iterations: 20 }, 1)).toThrow('1 of 3 points left over')
  })
})
