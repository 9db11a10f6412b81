// Gradient boosted trees for one quantile: each tree fits the sign of what the ones before left over, and its leaves take
// the quantile of the left-over (Friedman 2001, "Greedy function approximation", algorithm 3 with the pinball loss).
import { binRows } from './bins.ts'
import type { Binned } from './bins.ts'
import type { Random } from './random.ts'
import { growTree, treeValue } from './tree.ts'
import type { Tree } from './tree.ts'

export type Forest = { quantile: number; start: number; trees: Tree[] }

export type Boosting = {
  quantile: number
  trees: number
  leaves: number
  least: number
  rate: number
  /** Shares of rows and of features each tree looks at. */
  rowShare: number
  featureShare: number
}

export type Lesson = {
  binned: Binned
  target: Float64Array
  /** What a row counts, given the present prediction of its target. */
  weightOf: (row: number, predicted: number) => number
}

export { binRows }

/** The value below which `share` of the weight lies. */
export function weightedQuantile(values: Float64Array, weights: Float64Array, share: number): number {
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!)
  let left = share * weights.reduce((sum, weight) => sum + weight, 0)
  for (const index of order) {
    left -= weights[index]!
    if (left <= 0) return values[index]!
  }
  return values[order.at(-1) ?? 0] ?? 0
}

function someOf(count: number, share: number, random: Random): Int32Array {
  const chosen = new Int32Array(count)
  let size = 0
  for (let index = 0; index < count; index += 1) if (random() < share) chosen[size++] = index
  return chosen.slice(0, size)
}

export function boost(lesson: Lesson, boosting: Boosting, random: Random): Forest {
  const { binned, target } = lesson
  const rows = binned.rows
  const start = weightedQuantile(target, new Float64Array(rows).fill(1), boosting.quantile)
  const predicted = new Float64Array(rows).fill(start)
  const gradient = new Float64Array(rows)
  const weight = new Float64Array(rows)
  const trees: Tree[] = []
  for (let round = 0; round < boosting.trees; round += 1) {
    for (let row = 0; row < rows; row += 1) {
      weight[row] = lesson.weightOf(row, predicted[row]!)
      gradient[row] = weight[row]! * (target[row]! > predicted[row]! ? boosting.quantile : boosting.quantile - 1)
    }
    const chosen = someOf(rows, boosting.rowShare, random)
    const features = Array.from(someOf(binned.bins.length, boosting.featureShare, random))
    const growth = { leaves: boosting.leaves, least: boosting.least, features }
    const tree = growTree(binned, chosen, gradient, weight, growth, (leaf) => {
      const leftOver = Float64Array.from(leaf, (row) => target[row]! - predicted[row]!)
      const weights = Float64Array.from(leaf, (row) => weight[row]!)
      return boosting.rate * weightedQuantile(leftOver, weights, boosting.quantile)
    })
    trees.push(tree)
    addTree(binned, tree, predicted)
  }
  return { quantile: boosting.quantile, start, trees }
}

/** Adds a tree's values to all rows, walking on bins. */
function addTree(binned: Binned, tree: Tree, predicted: Float64Array): void {
  const bins = tree.feature.map((feature, node) =>
    feature < 0
      ? 0
      : Math.max(
          0,
          binned.cuts[feature]!.findLastIndex((cut) => cut <= tree.cut[node]!),
        ),
  )
  for (let row = 0; row < predicted.length; row += 1) {
    let node = 0
    while (tree.feature[node]! >= 0)
      node = binned.bins[tree.feature[node]!]![row]! > bins[node]! ? tree.right[node]! : tree.left[node]!
    predicted[row]! += tree.value[node]!
  }
}

export const forestValue = (forest: Forest, row: Float32Array): number =>
  forest.trees.reduce((sum, tree) => sum + treeValue(tree, row), forest.start)
