// Turns a feeder's tree into equipment: a breaker at the head, lines along the roads, a recloser and a switch on the
// trunk, a fuse or a switch at the head of each branch.
import type { Layout } from './layout.ts'
import { hashUnit } from './random.ts'
import type { Feeder, TreeNode } from './feeders.ts'
import type { RowFile } from './write-rows.ts'

/** The node of the connectivity graph at a road node of a feeder. */
export const graphNode = (feeder: Feeder, node: number) => `${feeder.id}.${node}`

type Kind = 'breaker' | 'recloser' | 'switch' | 'fuse' | 'line'

const titles: Record<Kind, string> = {
  breaker: '出线断路器',
  recloser: '重合器',
  switch: '分段开关',
  fuse: '跌落式熔断器',
  line: '',
}

/** Branches of more transformers than this have a switch at the head; a fuse of that size would not hold. */
const fuseLimit = 7

/** Devices are drawn as a stub of this length, which a map can show and whose middle is the place. */
const device_m = 8

export function writeFeeder(layout: Layout, feeder: Feeder, busNode: string, out: RowFile): void {
  const { roads, plane, seed } = layout
  let devices = 0
  let lines = 0
  const row = (kind: Kind, from: string, to: string, telemetered: boolean, points: { x: number; y: number }[]) => {
    const id = kind === 'line' ? `${feeder.id}-L${++lines}` : `${feeder.id}-${kind[0]!.toUpperCase()}${++devices}`
    const name =
      kind === 'line'
        ? `${feeder.name}线路${lines}段`
        : `${feeder.name}${String(devices).padStart(2, '0')}${titles[kind]}`
    const wkt = points.map(({ x, y }) => plane.wkt(x, y)).join(',')
    out.row(`${id},${kind},${from},${to},${feeder.id},${name},closed,${telemetered},"LINESTRING(${wkt})"`)
  }
  const at = (node: number) => ({ x: roads.x[node]!, y: roads.y[node]! })
  const stub = (from: number, to: number) => {
    const [a, b] = [at(from), at(to)]
    const part = Math.min(1, device_m / Math.hypot(b.x - a.x, b.y - a.y))
    return [a, { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }]
  }
  const root = [...feeder.tree.values()][0]!
  row(
    'breaker',
    busNode,
    graphNode(feeder, root.node),
    true,
    stub(root.node, root.children[0] ?? root.node).toReversed(),
  )

  const draw = (start: TreeNode, child: number, kind: Kind | null, telemetered: boolean): TreeNode => {
    let from = graphNode(feeder, start.node)
    if (kind) {
      const beyond = `${from}.${child}`
      row(kind, from, beyond, telemetered, stub(start.node, child))
      from = beyond
    }
    const points = [at(start.node), at(child)]
    let end = feeder.tree.get(child)!
    while (end.site < 0 && end.children.length === 1) {
      end = feeder.tree.get(end.children[0]!)!
      points.push(at(end.node))
    }
    row('line', from, graphNode(feeder, end.node), false, points)
    return end
  }

  const sectioned = { recloser: false, switch: false }
  const open: { node: TreeNode; trunk: boolean }[] = [{ node: root, trunk: true }]
  while (open.length > 0) {
    const { node, trunk } = open.pop()!
    const children = node.children.map((child) => feeder.tree.get(child)!)
    children.sort((a, b) => b.customers - a.customers || a.node - b.node)
    children.forEach((child, index) => {
      const onTrunk = trunk && index === 0
      const [kind, telemetered] = onTrunk ? trunkDevice(root, child, sectioned) : branchDevice(child, trunk, seed)
      open.push({ node: draw(node, child.node, kind, telemetered), trunk: onTrunk })
    })
  }
}

/** A recloser where a good half of the customers lie ahead, a switch where a quarter does. */
function trunkDevice(
  root: TreeNode,
  child: TreeNode,
  sectioned: { recloser: boolean; switch: boolean },
): [Kind | null, boolean] {
  const ahead = child.customers / root.customers
  if (ahead < 0.68 && !sectioned.recloser && child.transformers >= 3) {
    sectioned.recloser = true
    return ['recloser', true]
  }
  if (ahead < 0.36 && !sectioned.switch && child.transformers >= 2) {
    sectioned.switch = true
    return ['switch', hashUnit(child.node, 3) < 0.4]
  }
  return [null, false]
}

function branchDevice(child: TreeNode, fromTrunk: boolean, seed: number): [Kind | null, boolean] {
  if (fromTrunk) return child.transformers > fuseLimit ? ['switch', hashUnit(child.node, 5) < 0.25] : ['fuse', false]
  return child.transformers <= fuseLimit && hashUnit(child.node, seed, 7) < 0.4 ? ['fuse', false] : [null, false]
}
