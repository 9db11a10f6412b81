// One regression tree on binned features, grown leaf by leaf where the squared error of the gradient falls most
// (Friedman 2001; leaf-wise as in LightGBM). A split costs one pass over the smaller side's rows times the features.
import type { Binned } from './bins.ts'

/** Flat and JSON-ready; a node with `feature` -1 is a leaf. A value that is not known or no larger than `cut` goes left. */
export type Tree = { feature: number[]; cut: number[]; left: number[]; right: number[]; value: number[] }

export type Growth = {
  leaves: number
  /** Least rows in a leaf. */
  least: number
  /** Features looked at for this tree. */
  features: number[]
}

/** Weight, gradient and count side by side, bin after bin, feature after feature: one cache line a row. */
type Histogram = Float64Array
type Split = { gain: number; feature: number; bin: number }
type Leaf = { node: number; rows: Int32Array; histogram: Histogram; split: Split | null }

const bins_a_feature = 64
const slots_a_feature = 3 * bins_a_feature
/** Added to the weight of a side: a split must be worth more than a few rows' chance. */
const shrink = 2

function histogramOf(
  binned: Binned,
  rows: Int32Array,
  gradient: Float64Array,
  weight: Float64Array,
  features: number[],
): Histogram {
  const histogram = new Float64Array(binned.bins.length * slots_a_feature)
  for (const feature of features) {
    const column = binned.bins[feature]!
    const offset = feature * slots_a_feature
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index]!
      const slot = offset + 3 * column[row]!
      histogram[slot]! += weight[row]!
      histogram[slot + 1]! += gradient[row]!
      histogram[slot + 2]! += 1
    }
  }
  return histogram
}

function subtract(whole: Histogram, part: Histogram): Histogram {
  const rest = whole.slice()
  for (let slot = 0; slot < rest.length; slot += 1) rest[slot]! -= part[slot]!
  return rest
}

function bestSplit(histogram: Histogram, cuts: number[][], growth: Growth): Split | null {
  let best: Split | null = null
  for (const feature of growth.features) {
    const offset = feature * slots_a_feature
    const last = cuts[feature]!.length - 1
    let [weight, gradient, count] = [0, 0, 0]
    for (let bin = 0; bin <= last; bin += 1) {
      weight += histogram[offset + 3 * bin]!
      gradient += histogram[offset + 3 * bin + 1]!
      count += histogram[offset + 3 * bin + 2]!
    }
    const whole = (gradient * gradient) / (weight + shrink)
    let [leftWeight, leftGradient, leftCount] = [0, 0, 0]
    for (let bin = 0; bin < last; bin += 1) {
      leftWeight += histogram[offset + 3 * bin]!
      leftGradient += histogram[offset + 3 * bin + 1]!
      leftCount += histogram[offset + 3 * bin + 2]!
      if (leftCount < growth.least || count - leftCount < growth.least) continue
      const rightGradient = gradient - leftGradient
      const gain =
        (leftGradient * leftGradient) / (leftWeight + shrink) +
        (rightGradient * rightGradient) / (weight - leftWeight + shrink) -
        whole
      if (gain > 1e-9 && (!best || gain > best.gain)) best = { gain, feature, bin }
    }
  }
  return best
}

function divide(binned: Binned, rows: Int32Array, split: Split): [Int32Array, Int32Array] {
  const column = binned.bins[split.feature]!
  return [rows.filter((row) => column[row]! <= split.bin), rows.filter((row) => column[row]! > split.bin)]
}

const newNode = (tree: Tree): number => {
  tree.feature.push(-1)
  tree.cut.push(0)
  tree.left.push(-1)
  tree.right.push(-1)
  return tree.value.push(0) - 1
}

/** Grows a tree on `rows`; `valueOf` gives a leaf's value from its rows. */
export function growTree(
  binned: Binned,
  rows: Int32Array,
  gradient: Float64Array,
  weight: Float64Array,
  growth: Growth,
  valueOf: (rows: Int32Array) => number,
): Tree {
  const tree: Tree = { feature: [], cut: [], left: [], right: [], value: [] }
  const leafOf = (own: Int32Array, histogram: Histogram): Leaf => ({
    node: newNode(tree),
    rows: own,
    histogram,
    split: bestSplit(histogram, binned.cuts, growth),
  })
  const leaves = [leafOf(rows, histogramOf(binned, rows, gradient, weight, growth.features))]
  while (leaves.length < growth.leaves) {
    const next = leaves.reduce((best, leaf) => ((leaf.split?.gain ?? 0) > (best.split?.gain ?? 0) ? leaf : best))
    if (!next.split) break
    const [left, right] = divide(binned, next.rows, next.split)
    const small = left.length <= right.length ? left : right
    const smallHistogram = histogramOf(binned, small, gradient, weight, growth.features)
    const otherHistogram = subtract(next.histogram, smallHistogram)
    const leftLeaf = leafOf(left, small === left ? smallHistogram : otherHistogram)
    const rightLeaf = leafOf(right, small === left ? otherHistogram : smallHistogram)
    tree.feature[next.node] = next.split.feature
    // JSON has no infinity: the cut after the bin of the unknown is the lowest number there is.
    tree.cut[next.node] = Math.max(binned.cuts[next.split.feature]![next.split.bin]!, -Number.MAX_VALUE)
    tree.left[next.node] = leftLeaf.node
    tree.right[next.node] = rightLeaf.node
    leaves.splice(leaves.indexOf(next), 1, leftLeaf, rightLeaf)
  }
  for (const leaf of leaves) tree.value[leaf.node] = valueOf(leaf.rows)
  return tree
}

export function treeValue(tree: Tree, row: Float32Array): number {
  let node = 0
  while (tree.feature[node]! >= 0)
    node = row[tree.feature[node]!]! > tree.cut[node]! ? tree.right[node]! : tree.left[node]!
  return tree.value[node]!
}
