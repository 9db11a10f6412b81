// The street lattice: a grid of 100 m laid over the whole window, turned, with lines moved sideways and the ground under it
// warped, so that blocks differ and roads bend; a place on it is a pair of whole numbers.
import type { Point } from './plane.ts'
import { hashUnit, noise } from './random.ts'

export type Lattice = { position(i: number, j: number): Point }

export const unit_m = 100

/** Country crossroads stand this many units apart; settlements subdivide these squares. */
export const countryUnits = 4

const turn_rad = -0.3

/** Arterials keep their place; the lines between them move up to a quarter of a block. */
const lineShift = (line: number, salt: number) => (line % 4 === 0 ? 0 : (hashUnit(line, salt) - 0.5) * 0.5)

export function createLattice(seed: number): Lattice {
  const [cos, sin] = [Math.cos(turn_rad), Math.sin(turn_rad)]
  return {
    position(i, j) {
      const a = (i + lineShift(i, seed + 1)) * unit_m
      const b = (j + lineShift(j, seed + 2)) * unit_m
      const x = a * cos - b * sin
      const y = a * sin + b * cos
      // Slopes under 0.6 together, so the ground never folds over itself.
      const wide = 430
      const near = 38
      return {
        x:
          x +
          wide * noise(seed + 3, x / 4700, y / 4700) +
          near * noise(seed + 4, x / 800, y / 800) +
          jitter(i, j, seed + 5),
        y:
          y +
          wide * noise(seed + 6, x / 4700, y / 4700) +
          near * noise(seed + 7, x / 800, y / 800) +
          jitter(i, j, seed + 8),
      }
    },
  }
}

const jitter = (i: number, j: number, salt: number) => (hashUnit(i, j, salt) - 0.5) * 14

/** A number for a place, and for the edge from it in one of four directions. */
export const placeKey = (i: number, j: number) => (i + 2048) * 4096 + j + 2048
