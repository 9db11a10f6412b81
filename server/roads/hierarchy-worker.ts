// A thread that builds one hierarchy and hands its arrays over, so that the service answers meanwhile.
import { parentPort, workerData } from 'node:worker_threads'
import type { RoadGraph } from './graph.ts'
import { buildHierarchy, type Climb } from './hierarchy.ts'

/** What the thread is given: as much of the graph as is contracted, and the ranks of an earlier hierarchy if there is one. */
export type HierarchyTask = {
  graph: Pick<RoadGraph, 'nodes' | 'forward' | 'reverse'> & { edges: Pick<RoadGraph['edges'], 'length_m'> }
  earlierRanks: Int32Array | undefined
}

function buffersOf(climb: Climb): ArrayBuffer[] {
  return Object.values(climb).map(({ buffer }) => buffer as ArrayBuffer)
}

const { graph, earlierRanks } = workerData as HierarchyTask
const hierarchy = buildHierarchy(graph, earlierRanks)
parentPort!.postMessage(hierarchy, [
  hierarchy.rankOf.buffer as ArrayBuffer,
  ...buffersOf(hierarchy.up),
  ...buffersOf(hierarchy.down),
])
