// Small planning problems for the tests: drawn by hand, or by chance from a seed.
import type { Extras, Problem, Routes } from '../../server/dispatch/planning/problem.ts'
import type { Random } from '../../server/dispatch/index.ts'

type Sketch = {
  crews: number[]
  incidents: number[]
  work?: number
  weight?: number[]
}

/** Crews and incidents on a line, one unit of way a unit of time. */
export function onALine({ crews, incidents, work = 0, weight }: Sketch): Problem {
  const n = incidents.length
  return {
    crews: crews.length,
    incidents: n,
    first: Float64Array.from(crews.flatMap((from) => incidents.map((to) => Math.abs(to - from)))),
    travel: Float64Array.from(incidents.flatMap((from) => incidents.map((to) => Math.abs(to - from)))),
    work: new Float64Array(crews.length * n).fill(work),
    weight: Float64Array.from(weight ?? incidents.map(() => 1)),
    absentPrice: new Float64Array(n).fill(1e6),
    demand: new Float64Array(n),
    capacity: new Float64Array(crews.length).fill(Infinity),
    latest: new Float64Array(crews.length).fill(Infinity),
  }
}

export function noExtras(problem: Problem): Extras {
  return {
    shiftEnd: new Float64Array(problem.crews).fill(Infinity),
    overrunPrice: 0,
    promisedAt: new Float64Array(problem.incidents).fill(Infinity),
    missedPrice: new Float64Array(problem.incidents),
    latePrice: new Float64Array(problem.incidents),
    told: new Int32Array(problem.crews).fill(-1),
    changePrice: 0,
    orders: [],
  }
}

/** Points on a plane, missing skills, loads, shifts and every kind of penalty, all by chance. */
export function byChance(random: Random, crews: number, n: number): Problem {
  const draw = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const points = Array.from({ length: crews + n }, () => [draw(0, 50), draw(0, 50)] as const)
  const drive = (a: number, b: number) =>
    Math.round(Math.hypot(points[a]![0] - points[b]![0], points[a]![1] - points[b]![1]))
  const table = (rows: number, value: (row: number, column: number) => number) =>
    Float64Array.from({ length: rows * n }, (_, at) => value(Math.floor(at / n), at % n))
  const problem: Problem = {
    crews,
    incidents: n,
    first: table(crews, (crew, i) => drive(crew, crews + i)),
    travel: table(n, (from, to) => drive(crews + from, crews + to)),
    work: table(crews, () => (random() < 0.15 ? Infinity : draw(1, 20))),
    weight: Float64Array.from({ length: n }, () => draw(0, 9)),
    absentPrice: new Float64Array(n).fill(1e5),
    demand: Float64Array.from({ length: n }, () => draw(1, 4)),
    capacity: Float64Array.from({ length: crews }, () => draw(6, 12)),
    latest: Float64Array.from({ length: crews }, () => draw(100, 300)),
  }
  problem.extras = {
    shiftEnd: problem.latest.map((latest) => latest - draw(0, 80)),
    overrunPrice: draw(0, 5),
    promisedAt: Float64Array.from({ length: n }, () => draw(10, 120)),
    missedPrice: new Float64Array(n).fill(draw(0, 50)),
    latePrice: new Float64Array(n).fill(draw(0, 3)),
    told: Int32Array.from({ length: crews }, () => (random() < 0.5 ? draw(0, n - 1) : -1)),
    changePrice: draw(0, 100),
    orders:
      n < 2
        ? []
        : [
            { before: 0, after: 1, price: draw(1, 5), holds: 'completion' },
            { before: n - 1, after: 0, price: draw(1, 5), holds: 'arrival' },
          ],
  }
  return problem
}

/** Every way to give the incidents to the crews in some order, or to nobody. */
export function* everyPlan(crews: number, n: number): Generator<Routes> {
  function* extend(routes: Routes, incident: number): Generator<Routes> {
    if (incident === n) {
      yield routes
      return
    }
    yield* extend(routes, incident + 1)
    for (let crew = 0; crew < crews; crew++) {
      for (let place = 0; place <= routes[crew]!.length; place++) {
        yield* extend(
          routes.map((stops, c) => (c === crew ? stops.toSpliced(place, 0, incident) : stops)),
          incident + 1,
        )
      }
    }
  }
  yield* extend(
    Array.from({ length: crews }, () => []),
    0,
  )
}
