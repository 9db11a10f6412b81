// Contracting one node after another: a node goes, and shortcuts keep the quickest ways that led over it. Geisberger,
// Sanders, Schultes, Delling: Contraction Hierarchies (2008).
import { arcWidth, ContractionRows } from './contraction-rows.ts'
import type { Arcs } from './graph.ts'

const unreached = 0x7fffffff
/** More than are ever passed on. */
const mostWaiting = 1024

/** What contracting a node would do, for its place in the order. */
type Effect = { added: number; addedHops: number; removed: number; removedHops: number }

function degreesOf(arcs: Arcs): Int32Array {
  return arcs.first.subarray(1).map((end, node) => end - arcs.first[node]!)
}

/** The graph while it is contracted. Cost of one contraction: a bounded search for each arc that leads in. */
export class Contraction {
  readonly out: ContractionRows
  readonly in: ContractionRows
  /** Length of the longest chain of contracted nodes below each node: keeps the hierarchy flat. */
  readonly level: Int32Array
  /** 1 for a node that lost or gained arcs since this was last cleared. */
  readonly changed: Uint8Array
  private readonly cost_ms: Int32Array
  private readonly touched: number[] = []
  private readonly queue = new Int32Array(mostWaiting)

  constructor(nodes: number, forward: Arcs, reverse: Arcs) {
    this.out = new ContractionRows(nodes, degreesOf(forward))
    this.in = new ContractionRows(nodes, degreesOf(reverse))
    this.level = new Int32Array(nodes)
    this.changed = new Uint8Array(nodes)
    this.cost_ms = new Int32Array(nodes).fill(unreached)
    for (let tail = 0; tail < nodes; tail++) {
      for (let arc = forward.first[tail]!; arc < forward.first[tail + 1]!; arc++) {
        const head = forward.head[arc]!
        this.out.put(tail, head, forward.cost_ms[arc]!, -1 - forward.lane[arc]!, 1)
        this.in.put(head, tail, forward.cost_ms[arc]!, -1 - forward.lane[arc]!, 1)
      }
    }
  }

  /**
   * Labels what is reached from `source` without `avoided`, first come first passed on, until nothing nearer than `limit_ms`
   * is left or `visits` nodes were passed on. Stopping early only means a shortcut too many, never a wrong one. A heap would
   * settle each node once, but cost three times as much as the few that are passed on twice.
   */
  private searchWitness(source: number, avoided: number, limit_ms: number, visits: number): void {
    const { cost_ms, queue, touched } = this
    const { start, size, pool } = this.out
    cost_ms[source] = 0
    touched.push(source)
    queue[0] = source
    let waiting = 1
    for (let next = 0; next < waiting && next < visits; next++) {
      const node = queue[next]!
      const reached_ms = cost_ms[node]!
      const end = start[node]! + size[node]! * arcWidth
      for (let at = start[node]!; at < end; at += arcWidth) {
        const head = pool[at]!
        const through_ms = reached_ms + pool[at + 1]!
        if (through_ms > limit_ms || head === avoided || through_ms >= cost_ms[head]!) continue
        if (cost_ms[head] === unreached) touched.push(head)
        cost_ms[head] = through_ms
        if (waiting < queue.length) queue[waiting++] = head
      }
    }
  }

  private forget(): void {
    for (const node of this.touched) this.cost_ms[node] = unreached
    this.touched.length = 0
  }

  /** Whether the labels show a way to `head` within `limit_ms`, its last arc looked up backward instead of searched for. */
  private hasWitness(head: number, avoided: number, limit_ms: number): boolean {
    const { cost_ms } = this
    if (cost_ms[head]! <= limit_ms) return true
    const { start, size, pool } = this.in
    const end = start[head]! + size[head]! * arcWidth
    for (let at = start[head]!; at < end; at += arcWidth) {
      const before = pool[at]!
      if (cost_ms[before]! <= limit_ms - pool[at + 1]! && before !== avoided) return true
    }
    return false
  }

  /** The farthest that a witness search for `node` must look beyond the arc that leads in: the last arc comes backward. */
  private horizon_ms(node: number): number {
    const { out, in: into } = this
    let horizon_ms = 0
    for (let exit = 0; exit < out.size[node]!; exit++) {
      const at = out.start[node]! + exit * arcWidth
      const head = out.pool[at]!
      let last_ms = unreached
      const end = into.start[head]! + into.size[head]! * arcWidth
      for (let before = into.start[head]!; before < end; before += arcWidth)
        if (into.pool[before] !== node) last_ms = Math.min(last_ms, into.pool[before + 1]!)
      horizon_ms = Math.max(horizon_ms, out.pool[at + 1]! - last_ms)
    }
    return horizon_ms
  }

  /** Calls `need` for every shortcut that must replace a way over `node`. */
  private forEachShortcut(
    node: number,
    visits: number,
    need: (tail: number, head: number, cost_ms: number, hops: number) => void,
  ): void {
    const { out, in: into } = this
    const horizon_ms = this.horizon_ms(node)
    for (let entry = 0; entry < into.size[node]!; entry++) {
      const inAt = into.start[node]! + entry * arcWidth
      const tail = into.pool[inAt]!
      const first_ms = into.pool[inAt + 1]!
      const firstHops = into.pool[inAt + 3]!
      this.searchWitness(tail, node, first_ms + horizon_ms, visits)
      for (let exit = 0; exit < out.size[node]!; exit++) {
        const at = out.start[node]! + exit * arcWidth
        const head = out.pool[at]!
        if (head === tail) continue
        const over_ms = first_ms + out.pool[at + 1]!
        // Longer than costs can say, 24 days: the plain search would not go there either.
        if (over_ms >= unreached) continue
        if (!this.hasWitness(head, node, over_ms)) need(tail, head, over_ms, firstHops + out.pool[at + 3]!)
      }
      this.forget()
    }
  }

  /** How much contracting `node` now would add and take away. */
  simulate(node: number, visits: number): Effect {
    const effect = { added: 0, addedHops: 0, removed: 0, removedHops: 0 }
    this.forEachShortcut(node, visits, (_tail, _head, _cost_ms, hops) => {
      effect.added++
      effect.addedHops += hops
    })
    for (const rows of [this.out, this.in]) {
      effect.removed += rows.size[node]!
      for (let entry = 0; entry < rows.size[node]!; entry++)
        effect.removedHops += rows.pool[rows.start[node]! + entry * arcWidth + 3]!
    }
    return effect
  }

  /** Takes `node` out; its own rows stay as they are and become its arcs upward in the hierarchy. */
  contract(node: number, visits: number): void {
    const shortcuts: number[] = []
    this.forEachShortcut(node, visits, (tail, head, cost_ms, hops) => shortcuts.push(tail, head, cost_ms, hops))
    this.release(node, this.out, this.in)
    this.release(node, this.in, this.out)
    for (let at = 0; at < shortcuts.length; at += 4) {
      const [tail, head, cost_ms, hops] = shortcuts.slice(at, at + 4) as [number, number, number, number]
      this.out.put(tail, head, cost_ms, node, hops)
      this.in.put(head, tail, cost_ms, node, hops)
    }
  }

  /** Takes the arcs between `node` and its neighbours out of the neighbours' rows and lifts them above it. */
  private release(node: number, own: ContractionRows, theirs: ContractionRows): void {
    for (let entry = 0; entry < own.size[node]!; entry++) {
      const neighbour = own.pool[own.start[node]! + entry * arcWidth]!
      theirs.drop(neighbour, node)
      this.changed[neighbour] = 1
      this.level[neighbour] = Math.max(this.level[neighbour]!, this.level[node]! + 1)
    }
  }
}
