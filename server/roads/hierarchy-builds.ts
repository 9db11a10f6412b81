// Keeps one thread at most at work on the newest graph; a graph that was replaced meanwhile is not finished.
import type { Worker } from 'node:worker_threads'
import { startThread } from '../database/index.ts'
import type { RoadGraph } from './graph.ts'
import type { Hierarchy } from './hierarchy.ts'
import type { HierarchyTask } from './hierarchy-worker.ts'

/** Builds hierarchies beside the service, newest graph first and only. */
export class HierarchyBuilds {
  private thread: Worker | null = null

  /**
   * Starts building for `graph` and gives up on whatever was being built. The promise is null when this build was given up
   * in turn, and fails when the thread does.
   */
  async build(graph: RoadGraph, earlierRanks: Int32Array | undefined): Promise<Hierarchy | null> {
    this.stop()
    const { nodes, forward, reverse, edges } = graph
    const task: HierarchyTask = {
      graph: { nodes, forward, reverse, edges: { length_m: edges.length_m } },
      earlierRanks,
    }
    const thread = startThread(new URL('./hierarchy-worker.ts', import.meta.url), task)
    this.thread = thread
    return new Promise((resolve, reject) => {
      thread.once('message', (hierarchy: Hierarchy) => resolve(this.thread === thread ? hierarchy : null))
      thread.once('error', reject)
      thread.once('exit', () => {
        if (this.thread === thread) this.thread = null
        resolve(null)
      })
    })
  }

  stop(): void {
    void this.thread?.terminate()
    this.thread = null
  }
}
