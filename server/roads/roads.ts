// The roads as the service keeps them in memory: the nearest crews, routes and travel times, by the hierarchy where it is
// built, by the plain search while it is not, and by a straight line where no road leads.
import type { LineString } from 'geojson'
import { CrewBuckets } from './buckets.ts'
import { boxOf, type ClosureShape, edgesMeeting } from './closures.ts'
import { type RoadGraph, RoadGraphBuilder, withClosed } from './graph.ts'
import type { LonLat } from './ground.ts'
import type { Hierarchy } from './hierarchy.ts'
import { HierarchyBuilds } from './hierarchy-builds.ts'
import { HierarchyRouter } from './hierarchy-route.ts'
import { type PlacedCrew, PlainSearch } from './nearest.ts'
import type { Position } from './position.ts'
import { drawRoute } from './route.ts'
import { RoadSnapper } from './snap.ts'
import { straightLine } from './straight-line.ts'

/** How a travel time was come by. */
export type TravelMethod = 'road' | 'straight_line'

/** A drive's time and length; `distance_m` is driven, not straight. */
export type Travel = { travel_s: number; distance_m: number; method: TravelMethod }

/** A crew and its drive to the point asked about. */
export type CrewTravel = Travel & { id: string }

/** Drives from each point of a list to each of another, row by row. */
export type DriveMatrix = { travel_s: Float64Array; distance_m: Float64Array }

/** A crew or any other thing with a place, as the caller knows it. */
export type PlacedPoint = { id: string; point: LonLat }

/** Crews kept in the buckets; past this many those no longer asked about are let go. Ten times the largest city's crews. */
const mostCrewsKept = 4096

/** What is searched while one set of roads is open: renewed whole when roads are closed or lifted. */
type Searches = { graph: RoadGraph; plain: PlainSearch; fast: FastSearches | null }

/** What the hierarchy adds: `crews` stay in theirs between calls, `starts` are those of one matrix. */
type FastSearches = { crews: CrewBuckets; starts: CrewBuckets; router: HierarchyRouter }

function searchesOver(graph: RoadGraph): Searches {
  return { graph, plain: new PlainSearch(graph), fast: null }
}

/** One region's roads. Answers are exact on the open roads of the moment, whichever search gives them. */
export class Roads {
  private whole: RoadGraph
  private searches: Searches
  private snapper: RoadSnapper
  private readonly closures = new Map<string, ClosureShape>()
  private readonly builds = new HierarchyBuilds()
  private readonly known = new Map<string, { point: LonLat; position: Position | null }>()
  private ranks: Int32Array | undefined
  /** Settles when the hierarchy of the roads as they are now serves, or was given up for newer ones. */
  ready: Promise<void> = Promise.resolve()

  /** Pass no graph where no roads are loaded: every answer is then a straight line. */
  constructor(
    graph: RoadGraph = new RoadGraphBuilder().finish(),
    closures: ReadonlyMap<string, ClosureShape> = new Map(),
  ) {
    this.whole = graph
    this.searches = searchesOver(graph)
    this.snapper = new RoadSnapper(graph)
    for (const [id, shape] of closures) this.closures.set(id, shape)
    this.reopen()
  }

  /** Takes over newly imported roads; closures stay as drawn. */
  replace(graph: RoadGraph): void {
    this.whole = graph
    this.snapper = new RoadSnapper(graph)
    this.ranks = undefined
    this.reopen()
  }

  /** Closes what `shape` meets, under the closure's id; a closure drawn again replaces its first drawing. */
  close(id: string, shape: ClosureShape): void {
    this.closures.set(id, shape)
    this.reopen()
  }

  /** Opens the roads again that only this closure closed. */
  lift(id: string): void {
    if (this.closures.delete(id)) this.reopen()
  }

  /** Makes the closures those given and no others, as read from the database; nothing is rebuilt where they are the same. */
  closeExactly(closures: ReadonlyMap<string, ClosureShape>): void {
    const isSame =
      closures.size === this.closures.size &&
      [...closures].every(([id, shape]) => JSON.stringify(shape) === JSON.stringify(this.closures.get(id)))
    if (isSame) return
    this.closures.clear()
    for (const [id, shape] of closures) this.closures.set(id, shape)
    this.reopen()
  }

  /** Whether exactly the closures of these ids are followed. */
  hasClosed(ids: readonly string[]): boolean {
    return ids.length === this.closures.size && ids.every((id) => this.closures.has(id))
  }

  /** Which search answers at the moment, for a status line. */
  get method(): 'hierarchy' | 'plain' | 'straight_line' {
    if (this.whole.edges.from.length === 0) return 'straight_line'
    return this.searches.fast === null ? 'plain' : 'hierarchy'
  }

  private reopen(): void {
    const closed = new Uint8Array(this.whole.edges.from.length)
    for (const shape of this.closures.values())
      for (const edge of edgesMeeting(this.whole.edges, this.snapper.edgesIn(boxOf(shape)), shape)) closed[edge] = 1
    this.searches = searchesOver(withClosed(this.whole, closed))
    this.snapper.follow(this.searches.graph)
    this.known.clear()
    this.rebuild()
  }

  private rebuild(): void {
    const { searches } = this
    if (searches.graph.edges.from.length === 0) return
    this.ready = this.builds.build(searches.graph, this.ranks).then((hierarchy) => {
      if (hierarchy !== null && this.searches === searches) this.serve(hierarchy)
    })
    // Without a hierarchy the plain search goes on serving; whoever awaits `ready` still hears of the failure.
    this.ready.catch((fault: Error) => console.error(`roads: the hierarchy could not be built: ${fault.message}`))
  }

  private serve(hierarchy: Hierarchy): void {
    this.ranks = hierarchy.rankOf
    const { graph } = this.searches
    this.searches.fast = {
      crews: new CrewBuckets(graph, hierarchy),
      // Places of a matrix stand only for a moment: to sweep a summit for each would cost more than it saves.
      starts: new CrewBuckets(graph, hierarchy, graph.nodes),
      router: new HierarchyRouter(graph, hierarchy),
    }
    this.known.clear()
  }

  /** Where a crew is on the roads; snapped, and put into the buckets, only when it has moved. */
  private placeCrew({ id, point }: PlacedPoint): Position | null {
    const known = this.known.get(id)
    if (known !== undefined && known.point.lon === point.lon && known.point.lat === point.lat) return known.position
    const position = this.snapper.snap(point)
    this.known.set(id, { point: { ...point }, position })
    if (position === null) this.searches.fast?.crews.remove(id)
    else this.searches.fast?.crews.place(id, position)
    return position
  }

  private letGo(): void {
    for (const id of this.known.keys()) this.searches.fast?.crews.remove(id)
    this.known.clear()
  }

  /**
   * The k crews soonest at the point, fewest seconds first and ties by id. Crews that no road brings there follow after all
   * that one does, by straight line.
   */
  nearest(point: LonLat, crews: readonly PlacedPoint[], k: number): CrewTravel[] {
    if (this.known.size + crews.length > mostCrewsKept) this.letGo()
    const incident = this.snapper.snap(point)
    const placed: PlacedCrew[] = []
    for (const crew of crews) {
      const position = this.placeCrew(crew)
      if (position !== null && incident !== null) placed.push({ id: crew.id, position })
    }
    const byRoad = incident === null ? [] : this.travelByRoad(incident, placed, k)
    if (byRoad.length >= Math.min(k, crews.length)) return byRoad
    const reached = new Set(byRoad.map(({ id }) => id))
    const straight = crews
      .filter(({ id }) => !reached.has(id))
      .map(({ id, point: from }): CrewTravel => ({ id, ...straightTravel(from, point) }))
      .sort((one, other) => one.travel_s - other.travel_s || (one.id < other.id ? -1 : 1))
    return [...byRoad, ...straight].slice(0, k)
  }

  private travelByRoad(incident: Position, crews: readonly PlacedCrew[], k: number): CrewTravel[] {
    const { fast, plain } = this.searches
    const travel = (id: string, { travel_ms, distance_m }: { travel_ms: number; distance_m: number }): CrewTravel => ({
      id,
      travel_s: travel_ms / 1000,
      distance_m,
      method: 'road',
    })
    if (fast === null)
      return plain.nearest(incident, crews, k).map((arrival) => travel(crews[arrival.crew]!.id, arrival))
    const wanted = new Set(crews.map(({ id }) => id))
    return fast.crews
      .nearest(incident, k, (id) => wanted.has(id))
      .map((arrival) => travel(fast.crews.idOf(arrival.crew), arrival))
  }

  /** The quickest drive between two points with its line; by straight line where no road leads. */
  route(from: LonLat, to: LonLat): Travel & { line: LineString } {
    const [start, end] = [this.snapper.snap(from), this.snapper.snap(to)]
    const { fast, plain, graph } = this.searches
    const drive = start === null || end === null ? null : (fast?.router ?? plain).route(start, end)
    const ends = [from, to].map(({ lon, lat }) => [lon, lat])
    if (drive === null) return { ...straightTravel(from, to), line: { type: 'LineString', coordinates: ends } }
    const drawn = drawRoute(graph.edges, drive.pieces)
    const line: LineString = { type: 'LineString', coordinates: drawn.length >= 2 ? drawn : ends }
    return { travel_s: drive.travel_ms / 1000, distance_m: drive.distance_m, method: 'road', line }
  }

  /** Seconds from every point of `from` to every point of `to`, row by row; straight lines where no road leads. */
  travelMatrix(from: readonly LonLat[], to: readonly LonLat[]): Float64Array {
    return this.driveMatrix(from, to).travel_s
  }

  /** The same with the metres of each drive. One search a point of `to`. */
  driveMatrix(from: readonly LonLat[], to: readonly LonLat[]): DriveMatrix {
    const size = from.length * to.length
    const matrix = { travel_s: new Float64Array(size), distance_m: new Float64Array(size) }
    const put = (row: number, column: number, travel: { travel_ms: number; distance_m: number }) => {
      matrix.travel_s[row * to.length + column] = travel.travel_ms / 1000
      matrix.distance_m[row * to.length + column] = travel.distance_m
    }
    const starts = from.map((point, row) => ({ id: `${row}`, position: this.snapper.snap(point) }))
    const placed = starts.filter((start): start is PlacedCrew => start.position !== null)
    const { fast, plain } = this.searches
    fast?.starts.clear()
    for (const { id, position } of placed) fast?.starts.place(id, position)
    to.forEach((point, column) => {
      from.forEach((start, row) => put(row, column, straightLine(start, point)))
      const end = this.snapper.snap(point)
      if (end === null) return
      const arrivals = fast?.starts.nearest(end, placed.length) ?? plain.nearest(end, placed, placed.length)
      for (const arrival of arrivals) put(Number(placed[arrival.crew]!.id), column, arrival)
    })
    return matrix
  }

  /** Stops what is being built. */
  stop(): void {
    this.builds.stop()
  }
}

function straightTravel(from: LonLat, to: LonLat): Travel {
  const { travel_ms, distance_m } = straightLine(from, to)
  return { travel_s: travel_ms / 1000, distance_m, method: 'straight_line' }
}
