// The shape of each state, so that none is told by colour alone: the same paths draw the badge, the legend and the map's marks.
import type { ShownState } from '../live/shown-state.ts'

/** How a shape is painted: `solid`, `half` (lower half filled) or `hollow`. */
export type StateShape = { outline: string; paint: 'solid' | 'half' | 'hollow'; half?: string; mark?: string }

const diamond = 'M12 2.5 21.5 12 12 21.5 2.5 12z'
const circle = 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z'
const square = 'M4 4h16v16H4z'
const triangle = 'M12 3 22 20.5H2z'

/** On a 24-unit grid. Certainty fills the diamond; power coming back rounds it. */
export const stateShapes: Record<ShownState | 'planned' | 'planned_running', StateShape> = {
  suspected: { outline: diamond, paint: 'hollow' },
  probable: { outline: diamond, paint: 'half', half: 'M2.5 12h19L12 21.5z' },
  confirmed: { outline: diamond, paint: 'solid' },
  partly_restored: { outline: circle, paint: 'half', half: 'M3 12a9 9 0 0 0 18 0z' },
  unverified: { outline: circle, paint: 'hollow', mark: 'M9.3 9.8a2.7 2.7 0 1 1 4 2.4c-.9.5-1.3 1-1.3 1.9M12 17v.01' },
  restored: { outline: circle, paint: 'solid', mark: 'M7.5 12.3l3.2 3.2 5.8-6.5' },
  closed: { outline: circle, paint: 'hollow', mark: 'M8 12.3l2.8 2.8 5.2-5.8' },
  cancelled: { outline: circle, paint: 'hollow', mark: 'M8 16l8-8' },
  hazard: { outline: triangle, paint: 'solid', mark: 'M12 9.5v5M12 17.6v.01' },
  planned: { outline: square, paint: 'hollow', mark: 'M8 12h8' },
  planned_running: { outline: square, paint: 'solid', mark: 'M8 12h8' },
}

/** The colour token of a state. */
export const stateColour = (state: keyof typeof stateShapes) =>
  state === 'hazard'
    ? 'var(--state-confirmed)'
    : state === 'unverified'
      ? 'var(--state-partly-restored)'
      : state === 'planned_running'
        ? 'var(--state-planned)'
        : `var(--state-${state.replace('_', '-')})`
