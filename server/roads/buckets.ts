// Crew buckets on a hierarchy: each crew climbs once and leaves its cost at every node it settles; an incident climbs against
// the driving direction and reads what it finds. Knopp, Sanders, Schultes, Schulz, Wagner: Computing Many-to-Many Shortest
// Paths Using Highway Hierarchies (2007).
import { Climber } from './climber.ts'
import type { RoadGraph } from './graph.ts'
import type { Hierarchy } from './hierarchy.ts'
import { type Arrival, byTime, type PlacedCrew, unreached } from './nearest.ts'
import { alongSameEdge, atNode, leave, type Position, reach } from './position.ts'

/** Slots a bucket begins with. */
const smallestRoom = 4
/** Integers a slot takes: crew and cost_ms. */
const slotWidth = 2

/** Where a crew stands that was taken off the roads. */
const offRoad = atNode(-1)

/** Costs left at nodes, in one block of slots a node, so that a bucket is read in one sweep. */
class Buckets {
  private readonly start: Int32Array
  private readonly size: Int32Array
  private readonly room: Int32Array
  private end = 0
  private slots = new Int32Array(1024)
  private lengths_m = new Float64Array(512)

  constructor(nodes: number) {
    this.start = new Int32Array(nodes)
    this.size = new Int32Array(nodes)
    this.room = new Int32Array(nodes)
  }

  put(rank: number, crew: number, cost_ms: number, length_m: number): void {
    if (this.size[rank] === this.room[rank]) this.move(rank)
    const slot = this.start[rank]! + this.size[rank]!++
    this.slots[slot * slotWidth] = crew
    this.slots[slot * slotWidth + 1] = cost_ms
    this.lengths_m[slot] = length_m
  }

  /** Takes a crew out of one bucket; the last slot fills its place. */
  drop(rank: number, crew: number): void {
    const last = this.start[rank]! + this.size[rank]! - 1
    let slot = this.start[rank]!
    while (slot <= last && this.slots[slot * slotWidth] !== crew) slot++
    if (slot > last) return
    this.slots.copyWithin(slot * slotWidth, last * slotWidth, (last + 1) * slotWidth)
    this.lengths_m[slot] = this.lengths_m[last]!
    this.size[rank]!--
  }

  /** Lowers the best times by what the bucket holds for a drive that goes on from here for `onward_ms`. */
  read(rank: number, onward_ms: number, onward_m: number, best_ms: Int32Array, best_m: Float64Array): void {
    const { slots } = this
    const start = this.start[rank]!
    const end = start + this.size[rank]!
    for (let slot = start; slot < end; slot++) {
      const crew = slots[slot * slotWidth]!
      const through_ms = slots[slot * slotWidth + 1]! + onward_ms
      if (through_ms < best_ms[crew]!) {
        best_ms[crew] = through_ms
        best_m[crew] = this.lengths_m[slot]! + onward_m
      }
    }
  }

  private move(rank: number): void {
    const room = Math.max(smallestRoom, this.room[rank]! * 2)
    if (this.end + room > this.lengths_m.length) this.grow(this.end + room)
    const start = this.start[rank]!
    this.slots.copyWithin(this.end * slotWidth, start * slotWidth, (start + this.size[rank]!) * slotWidth)
    this.lengths_m.copyWithin(this.end, start, start + this.size[rank]!)
    this.start[rank] = this.end
    this.room[rank] = room
    this.end += room
  }

  private grow(atLeast: number): void {
    const count = Math.max(atLeast, this.lengths_m.length * 2)
    const slots = new Int32Array(count * slotWidth)
    slots.set(this.slots)
    this.slots = slots
    const lengths_m = new Float64Array(count)
    lengths_m.set(this.lengths_m)
    this.lengths_m = lengths_m
  }
}

/** The crews on the roads and, from one climb, all their times to a point. One crew's move costs one climb of its own. */
export class CrewBuckets {
  private readonly graph: RoadGraph
  private readonly crewClimber: Climber
  private readonly incidentClimber: Climber
  private readonly buckets: Buckets
  private readonly crews: PlacedCrew[] = []
  /** Ranks in whose bucket each crew stands. */
  private readonly standing: Int32Array[] = []
  private readonly crewOf = new Map<string, number>()
  /** Numbers of crews that were removed, to be given out again. */
  private readonly free: number[] = []
  private best_ms = new Int32Array(0)
  private best_m = new Float64Array(0)

  constructor(graph: RoadGraph, hierarchy: Hierarchy) {
    this.graph = graph
    this.crewClimber = new Climber(hierarchy, 'up')
    this.incidentClimber = new Climber(hierarchy, 'down')
    this.buckets = new Buckets(graph.nodes)
  }

  /** Puts a crew where it is now, whether it is new or has moved; returns its number in the answers. */
  place(id: string, position: Position): number {
    let crew = this.crewOf.get(id)
    if (crew === undefined) {
      crew = this.free.pop() ?? this.crews.length
      this.crewOf.set(id, crew)
    } else this.takeOut(crew)
    this.crews[crew] = { id, position }
    const climber = this.crewClimber
    climber.climb(leave(this.graph, position))
    this.standing[crew] = climber.settled.slice(0, climber.count)
    for (const rank of this.standing[crew]!)
      this.buckets.put(rank, crew, climber.cost_ms[rank]!, climber.length_m[rank]!)
    return crew
  }

  /** Takes a crew off the roads; its number may be given to another. */
  remove(id: string): void {
    const crew = this.crewOf.get(id)
    if (crew === undefined) return
    this.takeOut(crew)
    this.standing[crew] = new Int32Array(0)
    this.crews[crew] = { id, position: offRoad }
    this.crewOf.delete(id)
    this.free.push(crew)
  }

  /** Takes every crew off the roads; numbers are given out from 0 again. */
  clear(): void {
    for (const crew of this.crewOf.values()) this.takeOut(crew)
    this.crewOf.clear()
    for (const list of [this.crews, this.standing, this.free]) list.length = 0
  }

  private takeOut(crew: number): void {
    for (const rank of this.standing[crew]!) this.buckets.drop(rank, crew)
  }

  idOf(crew: number): string {
    return this.crews[crew]!.id
  }

  /**
   * Milliseconds from every crew to the incident, by crew number; `unreached` where no road leads. The array is used again by
   * the next call. Cost: one climb and the buckets it passes.
   */
  times(incident: Position): Int32Array {
    if (this.best_ms.length < this.crews.length) {
      this.best_ms = new Int32Array(this.crews.length * 2)
      this.best_m = new Float64Array(this.crews.length * 2)
    }
    const { best_ms, best_m, incidentClimber: climber } = this
    best_ms.fill(unreached)
    climber.climb(reach(this.graph, incident))
    for (let at = 0; at < climber.count; at++) {
      const rank = climber.settled[at]!
      this.buckets.read(rank, climber.cost_ms[rank]!, climber.length_m[rank]!, best_ms, best_m)
    }
    if (incident.edge >= 0) this.lookAlongEdge(incident)
    return best_ms.subarray(0, this.crews.length)
  }

  /** A crew on the incident's own edge may drive straight along it, past no node at all. */
  private lookAlongEdge(incident: Position): void {
    for (let crew = 0; crew < this.crews.length; crew++) {
      const { position } = this.crews[crew]!
      if (position.edge !== incident.edge) continue
      const direct = alongSameEdge(this.graph, position, incident)
      if (direct === null || direct.cost_ms >= this.best_ms[crew]!) continue
      this.best_ms[crew] = direct.cost_ms
      this.best_m[crew] = direct.length_m
    }
  }

  /** The k crews that reach the incident soonest, of those that `wanted` lets in; equal to the plain search's answer. */
  nearest(incident: Position, k: number, wanted: (id: string) => boolean = () => true): Arrival[] {
    const best_ms = this.times(incident)
    const arrivals: Arrival[] = []
    for (let crew = 0; crew < best_ms.length; crew++)
      if (best_ms[crew]! < unreached && wanted(this.crews[crew]!.id))
        arrivals.push({ crew, travel_ms: best_ms[crew]!, distance_m: this.best_m[crew]! })
    return arrivals.sort(byTime(this.crews)).slice(0, k)
  }
}
