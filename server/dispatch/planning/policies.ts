// The ways of dispatching that the plan is compared with: each sends free crews to waiting incidents, one at a time and
// without looking ahead.
import { cheapestMatching } from './matching.ts'

export type PolicyName =
  'home_first_come' | 'home_customers_first' | 'any_first_come' | 'any_customers_first' | 'assignment_rounds'

/** Who is free and what waits at one instant. `drive_s` is Infinity where the crew lacks a skill. */
export type DispatchView = {
  freeCrews: number[]
  waiting: number[]
  startedAt(incident: number): number
  weight(incident: number): number
  drive_s(crew: number, incident: number): number
  onSite_s(crew: number, incident: number): number
  isHome(crew: number, incident: number): boolean
}

export type Sending = { crew: number; incident: number }

type Rule = (view: DispatchView) => Sending[]

/** In the order given by `before`, each incident gets the nearest free crew that may go. */
function inTurn(before: (view: DispatchView, a: number, b: number) => number, homeOnly: boolean): Rule {
  return (view) => {
    const free = new Set(view.freeCrews)
    const sendings: Sending[] = []
    for (const incident of view.waiting.toSorted((a, b) => before(view, a, b) || a - b)) {
      let nearest = -1
      for (const crew of free) {
        const drive = view.drive_s(crew, incident)
        if (drive === Infinity || (homeOnly && !view.isHome(crew, incident))) continue
        if (nearest < 0 || drive < view.drive_s(nearest, incident)) nearest = crew
      }
      if (nearest < 0) continue
      free.delete(nearest)
      sendings.push({ crew: nearest, incident })
      if (free.size === 0) break
    }
    return sendings
  }
}

/**
 * All free crews and all waiting incidents matched at once, for the most customers restored an hour of crew time: each
 * pair is worth weight ÷ (drive + time on site). It looks at every crew together, but only one stop ahead.
 */
const inRounds: Rule = (view) => {
  const { freeCrews, waiting } = view
  const crewsAreRows = freeCrews.length <= waiting.length
  const rows = crewsAreRows ? freeCrews : waiting
  const columns = crewsAreRows ? waiting : freeCrews
  const cost = new Float64Array(rows.length * columns.length)
  const pair = (row: number, column: number): Sending =>
    crewsAreRows ? { crew: rows[row]!, incident: columns[column]! } : { crew: columns[column]!, incident: rows[row]! }
  for (let row = 0; row < rows.length; row++) {
    for (let column = 0; column < columns.length; column++) {
      const { crew, incident } = pair(row, column)
      const time_s = view.drive_s(crew, incident) + view.onSite_s(crew, incident)
      cost[row * columns.length + column] = -(view.weight(incident) + 1) / Math.max(1, time_s)
    }
  }
  const columnOf = cheapestMatching(cost, rows.length, columns.length)
  return rows.flatMap((_, row) => {
    const sending = pair(row, columnOf[row]!)
    return view.drive_s(sending.crew, sending.incident) < Infinity ? [sending] : []
  })
}

const byStart = (view: DispatchView, a: number, b: number) => view.startedAt(a) - view.startedAt(b)
const byWeight = (view: DispatchView, a: number, b: number) => view.weight(b) - view.weight(a)

export const policies: Record<PolicyName, Rule> = {
  home_first_come: inTurn(byStart, true),
  home_customers_first: inTurn(byWeight, true),
  any_first_come: inTurn(byStart, false),
  any_customers_first: inTurn(byWeight, false),
  assignment_rounds: inRounds,
}

export const policyNames = Object.keys(policies) as PolicyName[]
