// Looks for what is odd in a graph that loads all the same: rings of closed equipment, and transformers that nothing feeds.
// Union-find with path halving and union by size (Tarjan, 1975): near linear in the number of equipment.

/** A closed piece of equipment between two nodes. */
export type Edge = { id: string; from_node: string; to_node: string }

/** Sets of nodes that are connected. */
class Connected {
  private readonly parent = new Map<string, string>()
  private readonly size = new Map<string, number>()

  find(node: string): string {
    let at = node
    for (;;) {
      const parent = this.parent.get(at) ?? at
      if (parent === at) return at
      const above = this.parent.get(parent) ?? parent
      this.parent.set(at, above)
      at = above
    }
  }

  /** Joins two sets; false where they were one already. */
  join(one: string, other: string): boolean {
    const [a, b] = [this.find(one), this.find(other)]
    if (a === b) return false
    const [small, large] = (this.size.get(a) ?? 1) < (this.size.get(b) ?? 1) ? [a, b] : [b, a]
    this.parent.set(small, large)
    this.size.set(large, (this.size.get(a) ?? 1) + (this.size.get(b) ?? 1))
    return true
  }
}

/** The equipment whose being closed closes a ring (one for each independent ring), and the transformers cut off from every source. */
export function findOddities(
  edges: Edge[],
  sources: string[],
  transformers: { id: string; node: string }[],
): { ringClosers: string[]; unfed: string[] } {
  const connected = new Connected()
  const ringClosers = edges.filter((edge) => !connected.join(edge.from_node, edge.to_node)).map((edge) => edge.id)
  const fed = new Set(sources.map((node) => connected.find(node)))
  const unfed = transformers.filter(({ node }) => !fed.has(connected.find(node))).map(({ id }) => id)
  return { ringClosers, unfed }
}
