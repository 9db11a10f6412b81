// Divides each substation's transformers among 10 kV feeders: neighbours along the ways from the substation share one.
import type { Layout } from './layout.ts'
import { hash } from './random.ts'
import type { Site } from './sites.ts'
import type { Forest, Substation } from './substations.ts'
import { estateName } from './place-names.ts'

/** One feeder: its sites and the tree of road nodes from the substation to them. */
export type Feeder = {
  id: string
  name: string
  substation: number
  /** Indices of its sites. */
  sites: number[]
  tree: Map<number, TreeNode>
}

export type TreeNode = { node: number; children: number[]; site: number; customers: number; transformers: number }

const transformersPerFeeder = 22

/** The sites of each substation in the order of a walk around its tree, children by their direction. */
function walkSites(layout: Layout, sites: Site[], substations: Substation[], forest: Forest): number[][] {
  const { roads } = layout
  const siteAt = new Map(sites.map((site, index) => [site.node, index]))
  const children = new Map<number, number[]>()
  const seen = new Set(substations.map((substation) => substation.node))
  for (const { node } of sites)
    for (let at = node; !seen.has(at); at = forest.parent[at]!) {
      seen.add(at)
      const parent = forest.parent[at]!
      const list = children.get(parent)
      if (list) list.push(at)
      else children.set(parent, [at])
    }
  const direction = (from: number, to: number) =>
    Math.atan2(roads.y[to]! - roads.y[from]!, roads.x[to]! - roads.x[from]!)
  return substations.map((substation) => {
    const found: number[] = []
    const stack = [substation.node]
    while (stack.length > 0) {
      const node = stack.pop()!
      const site = siteAt.get(node)
      if (site !== undefined) found.push(site)
      const next = children.get(node) ?? []
      stack.push(...next.sort((a, b) => direction(node, a) - direction(node, b) || a - b))
    }
    return found
  })
}

function growTree(sites: Site[], chosen: number[], forest: Forest, root: number): Map<number, TreeNode> {
  const tree = new Map<number, TreeNode>()
  tree.set(root, { node: root, children: [], site: -1, customers: 0, transformers: 0 })
  for (const site of chosen) {
    const { node, customers } = sites[site]!
    let child = -1
    for (let at = node; at >= 0; at = forest.parent[at]!) {
      let here = tree.get(at)
      const isNew = here === undefined
      here ??= { node: at, children: [], site: -1, customers: 0, transformers: 0 }
      if (isNew) tree.set(at, here)
      if (child >= 0 && !here.children.includes(child)) here.children.push(child)
      here.customers += customers
      here.transformers++
      child = at
    }
    tree.get(node)!.site = site
  }
  return tree
}

export function divideFeeders(layout: Layout, sites: Site[], substations: Substation[], forest: Forest): Feeder[] {
  const walks = walkSites(layout, sites, substations, forest)
  return walks.flatMap((walk, substation) => {
    const { id, node } = substations[substation]!
    const count = Math.max(walk.length >= 4 ? 2 : 1, Math.round(walk.length / transformersPerFeeder))
    return Array.from({ length: count }, (_, k): Feeder => {
      const chosen = walk.slice(Math.round((walk.length * k) / count), Math.round((walk.length * (k + 1)) / count))
      const number = String(k + 1).padStart(2, '0')
      const stem = estateName(layout.seed, substation, k, hash(k, substation), 'estate').slice(0, 2)
      return {
        id: `${id}F${number}`,
        name: `10kV${stem}线F${number}`,
        substation,
        sites: chosen,
        tree: growTree(sites, chosen, forest, node),
      }
    })
  })
}
