// Crew buckets on a hierarchy: each crew climbs once and leaves its cost at every node it settles; an incident climbs against
// the driving direction and reads what it finds. Knopp, Sanders, Schultes, Schulz, Wagner: Computing Many-to-Many Shortest
// Paths Using Highway Hierarchies (2007).
import { Climber } from './climber.ts'
import type { RoadGraph } from './graph.ts'
import type { Hierarchy } from './hierarchy.ts'
import { type Arrival, type PlacedCrew, unreached } from './nearest.ts'
import { alongSameEdge, atNode, leave, type Position, reach } from './position.ts'
import { floorOf, Summit } from './summit.ts'

/** Integers a slot takes: crew and cost_ms. */
const slotWidth = 2
/** Integers a bucket begins with room for. */
const smallestRoom = 4 * slotWidth

/** Where a crew stands that was taken off the roads. */
const offRoad = atNode(-1)

/** Costs left at nodes, in one block of slots a node, so that a bucket is read in one sweep. */
class Buckets {
  private readonly start: Int32Array
  private readonly size: Int32Array
  private readonly room: Int32Array
  private end = 0
  private slots = new Int32Array(1024)

  constructor(nodes: number) {
    this.start = new Int32Array(nodes)
    this.size = new Int32Array(nodes)
    this.room = new Int32Array(nodes)
  }

  put(rank: number, crew: number, cost_ms: number): void {
    if (this.size[rank] === this.room[rank]) this.move(rank)
    const slot = this.start[rank]! + this.size[rank]!
    this.slots[slot] = crew
    this.slots[slot + 1] = cost_ms
    this.size[rank]! += slotWidth
  }

  /** Takes a crew out of one bucket; the last slot fills its place. */
  drop(rank: number, crew: number): void {
    const last = this.start[rank]! + this.size[rank]! - slotWidth
    let slot = this.start[rank]!
    while (slot <= last && this.slots[slot] !== crew) slot += slotWidth
    if (slot > last) return
    this.slots.copyWithin(slot, last, last + slotWidth)
    this.size[rank]! -= slotWidth
  }

  /** Lowers the best times by what the bucket holds for a drive that goes on from here for `onward_ms`. */
  read(rank: number, onward_ms: number, best_ms: Int32Array): void {
    const { slots } = this
    const start = this.start[rank]!
    const end = start + this.size[rank]!
    for (let slot = start; slot < end; slot += slotWidth) {
      const crew = slots[slot]!
      const through_ms = slots[slot + 1]! + onward_ms
      if (through_ms < best_ms[crew]!) best_ms[crew] = through_ms
    }
  }

  private move(rank: number): void {
    const room = Math.max(smallestRoom, this.room[rank]! * 2)
    if (this.end + room > this.slots.length) {
      const slots = new Int32Array(Math.max(this.end + room, this.slots.length * 2))
      slots.set(this.slots)
      this.slots = slots
    }
    const start = this.start[rank]!
    this.slots.copyWithin(this.end, start, start + this.size[rank]!)
    this.start[rank] = this.end
    this.room[rank] = room
    this.end += room
  }
}

/** A crew's own climb: the ranks in whose buckets it stands, with cost and length to each. */
type Standing = { ranks: Int32Array; cost_ms: Int32Array; length_m: Float64Array }

const nowhere: Standing = { ranks: new Int32Array(0), cost_ms: new Int32Array(0), length_m: new Float64Array(0) }

/**
 * The crews on the roads and, from one climb, all their times to a point. One crew's move costs one climb of its own and one
 * sweep of the summit.
 */
export class CrewBuckets {
  private readonly graph: RoadGraph
  private readonly crewClimber: Climber
  private readonly incidentClimber: Climber
  private readonly buckets: Buckets
  private readonly summit: Summit
  private readonly crews: PlacedCrew[] = []
  private readonly standing: Standing[] = []
  private readonly crewOf = new Map<string, number>()
  /** Numbers of crews that were removed, to be given out again. */
  private readonly free: number[] = []
  private best_ms = new Int32Array(0)

  constructor(graph: RoadGraph, hierarchy: Hierarchy, floor = floorOf(hierarchy)) {
    this.graph = graph
    this.crewClimber = new Climber(hierarchy, 'up', floor)
    this.incidentClimber = new Climber(hierarchy, 'down', floor)
    this.buckets = new Buckets(floor)
    this.summit = new Summit(hierarchy, floor)
  }

  /** Puts a crew where it is now, whether it is new or has moved; returns its number in the answers. */
  place(id: string, position: Position): number {
    let crew = this.crewOf.get(id)
    if (crew === undefined) {
      crew = this.free.pop() ?? this.crews.length
      this.crewOf.set(id, crew)
    } else this.takeOut(crew)
    this.crews[crew] = { id, position }
    const { crewClimber: climber, summit } = this
    climber.climb(leave(this.graph, position))
    summit.enter(crew, climber)
    const ranks = climber.settled.subarray(0, climber.count).filter((rank) => rank < summit.floor)
    this.standing[crew] = {
      ranks,
      cost_ms: ranks.map((rank) => climber.cost_ms[rank]!),
      length_m: Float64Array.from(ranks, (rank) => climber.lengthTo_m(rank)),
    }
    for (const rank of ranks) this.buckets.put(rank, crew, climber.cost_ms[rank]!)
    return crew
  }

  /** Takes a crew off the roads; its number may be given to another. */
  remove(id: string): void {
    const crew = this.crewOf.get(id)
    if (crew === undefined) return
    this.takeOut(crew)
    this.summit.leave(crew)
    this.standing[crew] = nowhere
    this.crews[crew] = { id, position: offRoad }
    this.crewOf.delete(id)
    this.free.push(crew)
  }

  /** Takes every crew off the roads; numbers are given out from 0 again. */
  clear(): void {
    for (const crew of this.crewOf.values()) {
      this.takeOut(crew)
      this.summit.leave(crew)
    }
    this.crewOf.clear()
    for (const list of [this.crews, this.standing, this.free]) list.length = 0
  }

  private takeOut(crew: number): void {
    for (const rank of this.standing[crew]!.ranks) this.buckets.drop(rank, crew)
  }

  idOf(crew: number): string {
    return this.crews[crew]!.id
  }

  /**
   * Milliseconds from every crew to the incident, by crew number; `unreached` where no road leads. The array is used again by
   * the next call. Cost: one climb to the summit, the buckets that it passes and the rows that it ends at.
   */
  times(incident: Position): Int32Array {
    const { incidentClimber: climber, summit, buckets } = this
    if (this.best_ms.length !== this.crews.length) this.best_ms = new Int32Array(this.crews.length)
    const { best_ms } = this
    best_ms.fill(unreached)
    climber.climb(reach(this.graph, incident))
    for (let at = 0; at < climber.count; at++) {
      const rank = climber.settled[at]!
      if (rank >= summit.floor) summit.read(rank, climber.cost_ms[rank]!, best_ms)
      else buckets.read(rank, climber.cost_ms[rank]!, best_ms)
    }
    if (incident.edge >= 0) this.lookAlongEdge(incident)
    return best_ms
  }

  /** A crew on the incident's own edge may drive straight along it, past no node at all. */
  private lookAlongEdge(incident: Position): void {
    for (let crew = 0; crew < this.crews.length; crew++) {
      const { position } = this.crews[crew]!
      if (position.edge !== incident.edge) continue
      const direct = alongSameEdge(this.graph, position, incident)
      if (direct !== null && direct.cost_ms < this.best_ms[crew]!) this.best_ms[crew] = direct.cost_ms
    }
  }

  /** Metres of a crew's quickest drive, after `times`: looked up where they are asked for, so that no other query pays for it. */
  private length_m(crew: number, incident: Position, travel_ms: number): number {
    const direct = alongSameEdge(this.graph, this.crews[crew]!.position, incident)
    if (direct?.cost_ms === travel_ms) return direct.length_m
    const { incidentClimber: climber, summit } = this
    for (let at = 0; at < climber.count && climber.settled[at]! >= summit.floor; at++) {
      const rank = climber.settled[at]!
      if (summit.time_ms(rank, crew) === travel_ms - climber.cost_ms[rank]!)
        return summit.length_m(rank, crew) + climber.lengthTo_m(rank)
    }
    const { ranks, cost_ms, length_m } = this.standing[crew]!
    const top = ranks.findIndex((rank, at) => climber.cost_ms[rank]! === travel_ms - cost_ms[at]!)
    return length_m[top]! + climber.lengthTo_m(ranks[top]!)
  }

  /** The k crews that reach the incident soonest, of those that `wanted` lets in; equal to the plain search's answer. */
  nearest(incident: Position, k: number, wanted: (id: string) => boolean = () => true): Arrival[] {
    const best_ms = this.times(incident)
    const isSooner = (one: number, other: number) =>
      best_ms[one]! - best_ms[other]! || (this.crews[one]!.id < this.crews[other]!.id ? -1 : 1)
    // Sorted by insertion: of many crews all but the first few are turned away by one comparison.
    const soonest: number[] = []
    for (let crew = 0; crew < best_ms.length; crew++) {
      if (best_ms[crew] === unreached || (soonest.length === k && isSooner(crew, soonest[k - 1]!) > 0)) continue
      if (!wanted(this.crews[crew]!.id)) continue
      let place = soonest.length === k ? k - 1 : soonest.length
      for (; place > 0 && isSooner(crew, soonest[place - 1]!) < 0; place--) soonest[place] = soonest[place - 1]!
      soonest[place] = crew
    }
    return soonest.map((crew) => ({
      crew,
      travel_ms: best_ms[crew]!,
      distance_m: this.length_m(crew, incident, best_ms[crew]!),
    }))
  }
}
