// Who may well be back without having said so: where most meters nearby that went dark have come back, an older call or gasp
// beside them is no sign of trouble any more. "Nearby" is the smallest device around it with a few meters that spoke.
import type { DeviceTree } from './device-tree.ts'
import { firstSignAt } from './evidence.ts'
import type { Heard } from './propagate.ts'

/** With fewer meters that spoke a device says nothing of its neighbourhood. */
const FEWEST_METERS = 3

/** Of a place that was dark and is back at least this share of the meters says so; with less it never was dark as a whole. */
const LEAST_BACK = 0.4

type Nearby = { off: number; on: number; lastOnAt: number }

/** Sets `stale` on every service point; linear in what was heard. */
export function markStale(tree: DeviceTree, heard: Heard): void {
  const nearby = countMeters(tree, heard)
  for (const leaf of heard.leaves.values()) {
    leaf.stale = false
    const signAt = firstSignAt(leaf)
    if (nearby === null || signAt === 0) continue
    const own = leaf.meter === 'off' ? 1 : 0
    for (let at = leaf.device; at >= 0; at = tree.parent[at]!) {
      const { off, on, lastOnAt } = nearby.get(at)!
      if (off - own + on < FEWEST_METERS) continue
      leaf.stale =
        on > off - own && on >= LEAST_BACK * tree.metered[at]! && Math.max(leaf.calledAt, leaf.meterAt) < lastOnAt
      break
    }
  }
}

/** Meters by device that are dark and that came back, or null where none came back. */
function countMeters(tree: DeviceTree, heard: Heard): Map<number, Nearby> | null {
  let someBack = false
  const nearby = new Map<number, Nearby>(heard.touched.map((device) => [device, { off: 0, on: 0, lastOnAt: 0 }]))
  for (const leaf of heard.leaves.values()) {
    const known = nearby.get(leaf.device)!
    if (leaf.meter === 'off') known.off++
    if (leaf.meter !== 'on') continue
    known.on++
    known.lastOnAt = Math.max(known.lastOnAt, leaf.meterAt)
    someBack = true
  }
  if (!someBack) return null
  for (let at = heard.touched.length - 1; at > 0; at--) {
    const [below, above] = [nearby.get(heard.touched[at]!)!, nearby.get(tree.parent[heard.touched[at]!]!)!]
    above.off += below.off
    above.on += below.on
    above.lastOnAt = Math.max(above.lastOnAt, below.lastOnAt)
  }
  return nearby
}
