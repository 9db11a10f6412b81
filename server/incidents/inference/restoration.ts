// Who may well be back without having said so: where most meters nearby have come back since it spoke last, its call or gasp is no
// sign of trouble any more. "Nearby" is the smallest device around it with a few meters that are dark or came back since; those that
// came back from something earlier, or from something that began after it spoke, say nothing of it.
import type { DeviceTree } from './device-tree.ts'
import { firstSignAt, type LeafState } from './evidence.ts'
import type { Heard } from './propagate.ts'

/** With fewer meters that spoke a device says nothing of its neighbourhood. */
const FEWEST_METERS = 3

/** Of a place that was dark and is back at least this share of the meters says so; with less it never was dark as a whole. */
const LEAST_BACK = 0.4

/** Of one loss of supply some call before the meters are heard. */
const atOnce_ms = 2 * 60_000

type Nearby = { off: number; lastOnAt: number }

/** Sets `backAt` on every service point; linear in what was heard, times the depth of the tree where anybody came back. */
export function markBack(tree: DeviceTree, heard: Heard): void {
  const nearby = countMeters(tree, heard)
  let returns: Map<number, Returns> | null = null
  for (const leaf of heard.leaves.values()) {
    leaf.backAt = 0
    if (nearby === null || firstSignAt(leaf) === 0 || nearby.get(0)!.lastOnAt <= leaf.saidAt) continue
    returns ??= returnsBelow(tree, heard)
    const own = leaf.meter === 'off' ? 1 : 0
    for (let at = leaf.device; at >= 0; at = tree.parent[at]!) {
      const { off, lastOnAt } = nearby.get(at)!
      const back = lastOnAt > leaf.saidAt ? returnsFrom(returns.get(at)!, leaf.saidAt) : 0
      if (off - own + back < FEWEST_METERS) continue
      if (back > off - own && back >= LEAST_BACK * tree.metered[at]!) leaf.backAt = lastOnAt
      break
    }
  }
}

/** Meters by device that are dark, and the last instant one came back; null where none did. */
function countMeters(tree: DeviceTree, heard: Heard): Map<number, Nearby> | null {
  let someBack = false
  const nearby = new Map<number, Nearby>(heard.touched.map((device) => [device, { off: 0, lastOnAt: 0 }]))
  for (const leaf of heard.leaves.values()) {
    const known = nearby.get(leaf.device)!
    if (leaf.meter === 'off') known.off++
    if (leaf.meter !== 'on') continue
    known.lastOnAt = Math.max(known.lastOnAt, leaf.meterAt)
    someBack = true
  }
  if (!someBack) return null
  for (let at = heard.touched.length - 1; at > 0; at--) {
    const [below, above] = [nearby.get(heard.touched[at]!)!, nearby.get(tree.parent[heard.touched[at]!]!)!]
    above.off += below.off
    above.lastOnAt = Math.max(above.lastOnAt, below.lastOnAt)
  }
  return nearby
}

/** When the meters below a device came back, and when those of them that said so had gone dark; each in order. */
type Returns = { onAt: number[]; darkFrom: number[] }

function returnsBelow(tree: DeviceTree, heard: Heard): Map<number, Returns> {
  const returns = new Map<number, Returns>()
  const back = [...heard.leaves.values()].filter(({ meter }) => meter === 'on')
  const note = (leaf: LeafState, kind: keyof Returns, instant: number) => {
    for (let at = leaf.device; at >= 0; at = tree.parent[at]!) {
      const known = returns.get(at) ?? { onAt: [], darkFrom: [] }
      known[kind].push(instant)
      returns.set(at, known)
    }
  }
  for (const leaf of back.sort((a, b) => a.meterAt - b.meterAt)) note(leaf, 'onAt', leaf.meterAt)
  for (const leaf of back.sort((a, b) => a.darkFrom - b.darkFrom)) note(leaf, 'darkFrom', leaf.darkFrom)
  return returns
}

/** How many came back after `at` from what they were in then: who went dark after it came back after it too, and is taken off. */
const returnsFrom = ({ onAt, darkFrom }: Returns, at: number): number =>
  countAfter(onAt, at) - countAfter(darkFrom, at + atOnce_ms)

/** How many of `instants`, which are in order, come after `at`. */
function countAfter(instants: readonly number[], at: number): number {
  let [low, high] = [0, instants.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (instants[middle]! > at) high = middle
    else low = middle + 1
  }
  return instants.length - low
}
