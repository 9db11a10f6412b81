// The face of the roads: the graph and its readers' builder, places on it, and the searches for the nearest.
export { CrewBuckets } from './buckets.ts'
export { type EdgeInput, type RoadGraph, RoadGraphBuilder, RoadRefusal, withClosed } from './graph.ts'
export { type LonLat } from './ground.ts'
export { buildHierarchy, type Hierarchy } from './hierarchy.ts'
export { type Arrival, byTime, type PlacedCrew, PlainSearch } from './nearest.ts'
export { atNode, onEdge, type Position } from './position.ts'
export { RoadSnapper } from './snap.ts'
export { detourFactor, straightLine } from './straight-line.ts'
