// Scores answers against the truth of a storm: the share of noticed outermost faults whose device is answered, and how far
// the stated probabilities are from the share that is right (expected calibration error, ten equal bins).
import type { Place, Places, Storm } from './draw-storm.ts'
import type { Answer } from './methods.ts'

export class Score {
  faults = 0
  right = 0
  /** The same for faults with more than one customer. */
  manyFaults = 0
  manyRight = 0
  /** Answers that no fault and no caller's own trouble bears out. */
  wrongIncidents = 0
  private readonly bins = Array.from({ length: 10 }, () => ({ count: 0, said: 0, right: 0 }))

  add(places: Places, storm: Storm, answers: Answer[]): void {
    const answered = new Set(answers.map(({ place }) => nameOf(places, place)))
    for (const fault of storm.told) {
      const right = answered.has(nameOf(places, fault)) ? 1 : 0
      this.faults++
      this.right += right
      if (sizeOf(places, fault) > 1) {
        this.manyFaults++
        this.manyRight += right
      }
    }
    // A caller with trouble of his own is an incident on his service point, so an answer that names him is right.
    const truth = new Set([...storm.faults, ...storm.ownSide].map((place) => nameOf(places, place)))
    for (const { place, probability } of answers) {
      const bin = this.bins[Math.min(9, Math.floor(probability * 10))]!
      bin.count++
      bin.said += probability
      const right = truth.has(nameOf(places, place)) ? 1 : 0
      bin.right += right
      this.wrongIncidents += 1 - right
    }
  }

  merge(other: Score): void {
    this.faults += other.faults
    this.right += other.right
    this.manyFaults += other.manyFaults
    this.manyRight += other.manyRight
    other.bins.forEach((bin, at) => {
      const own = this.bins[at]!
      own.count += bin.count
      own.said += bin.said
      own.right += bin.right
    })
  }

  get percent(): number {
    return (100 * this.right) / Math.max(1, this.faults)
  }

  get manyPercent(): number {
    return (100 * this.manyRight) / Math.max(1, this.manyFaults)
  }

  get calibrationError(): number {
    const total = this.bins.reduce((sum, { count }) => sum + count, 0)
    return this.bins.reduce((sum, { said, right }) => sum + Math.abs(said - right) / Math.max(1, total), 0)
  }
}

function sizeOf(places: Places, { unit, device, point }: Place): number {
  return point >= 0 ? 1 : places.trees.get(unit)!.points[device]!
}

/** One name for all places that feed exactly the same customers. */
export function nameOf(places: Places, place: Place): string {
  const tree = places.trees.get(place.unit)!
  if (place.point >= 0 && tree.points[place.device] !== 1) return `point ${place.point}`
  let at = place.device
  while (tree.parent[at]! > 0 && tree.points[tree.parent[at]!] === tree.points[at]) at = tree.parent[at]!
  return `unit ${place.unit} device ${at}`
}
