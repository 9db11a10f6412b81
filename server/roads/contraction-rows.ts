// The changing half of a graph under contraction: for each node its arcs to (or from) nodes not yet contracted, in blocks of
// one integer array, because a witness search reads them by the million and a chain of links would miss the cache each time.

/** Integers an arc takes: head, cost_ms, via, hops. */
export const arcWidth = 4

/**
 * `via` of an arc is the contracted node it leads over, or `-1 - lane` for a lane of the road graph; `hops` counts the lanes
 * below it. Between two nodes only the quickest arc is kept.
 */
export class ContractionRows {
  readonly start: Int32Array
  readonly size: Int32Array
  private readonly room: Int32Array
  private end = 0
  pool: Int32Array

  constructor(nodes: number, degrees: Int32Array) {
    this.start = new Int32Array(nodes)
    this.size = new Int32Array(nodes)
    this.room = new Int32Array(nodes)
    for (let node = 0; node < nodes; node++) {
      this.start[node] = this.end
      this.room[node] = degrees[node]! + 2
      this.end += this.room[node]! * arcWidth
    }
    this.pool = new Int32Array(Math.max(64, this.end * 2))
  }

  /** Adds an arc, or lowers the one that is there; a slower one than is there changes nothing. */
  put(node: number, head: number, cost_ms: number, via: number, hops: number): void {
    let at = this.find(node, head)
    if (at < 0) {
      if (this.size[node] === this.room[node]) this.move(node)
      at = this.start[node]! + this.size[node]!++ * arcWidth
    } else if (this.pool[at + 1]! <= cost_ms) return
    this.pool[at] = head
    this.pool[at + 1] = cost_ms
    this.pool[at + 2] = via
    this.pool[at + 3] = hops
  }

  /** Takes the arc to `head` out; the last of the row fills its place. */
  drop(node: number, head: number): void {
    const at = this.find(node, head)
    if (at < 0) return
    const last = this.start[node]! + --this.size[node]! * arcWidth
    this.pool.copyWithin(at, last, last + arcWidth)
  }

  /** Puts the quickest arc of a row first. By insertion: rows are short. */
  sort(node: number): void {
    const { pool } = this
    const end = this.start[node]! + this.size[node]! * arcWidth
    for (let at = this.start[node]! + arcWidth; at < end; at += arcWidth) {
      const arc = pool.slice(at, at + arcWidth)
      let place = at
      for (; place > this.start[node]! && pool[place - arcWidth + 1]! > arc[1]!; place -= arcWidth)
        pool.copyWithin(place, place - arcWidth, place)
      pool.set(arc, place)
    }
  }

  private find(node: number, head: number): number {
    const end = this.start[node]! + this.size[node]! * arcWidth
    for (let at = this.start[node]!; at < end; at += arcWidth) if (this.pool[at] === head) return at
    return -1
  }

  /** Moves a full row to the end with twice the room; what it leaves is lost, at most as much again as is in use. */
  private move(node: number): void {
    const used = this.size[node]! * arcWidth
    if (this.end + used * 2 > this.pool.length) {
      const pool = new Int32Array(Math.max(this.pool.length * 2, this.end + used * 2))
      pool.set(this.pool)
      this.pool = pool
    }
    this.pool.copyWithin(this.end, this.start[node]!, this.start[node]! + used)
    this.start[node] = this.end
    this.room[node]! *= 2
    this.end += this.room[node]! * arcWidth
  }
}
