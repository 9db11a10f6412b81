// From chances to incidents. Every sign of trouble is given to the device most likely to be the outermost open one above it;
// the best explained first, and what then lies above or below an accepted device is no longer free. Devices that feed exactly
// the same customers are told apart by nothing and count as one. Cost O(touched devices + evidence × depth).
import type { DeviceTree } from './device-tree.ts'
import { firstSignAt, type DeviceRef, type LeafState } from './evidence.ts'
import type { Heard, LeafPosterior, Posterior } from './propagate.ts'

export type Rival = { device: DeviceRef; probability: number }

export type InferredIncident = {
  device: DeviceRef
  probability: number
  /** Other devices that may be it instead, the likeliest first; they never include those that feed the same customers. */
  rivals: Rival[]
  /** Other devices that feed exactly the same customers. */
  alike: DeviceRef[]
  servicePointCount: number
  /** Signs of trouble that it explains: callers, meters gone dark, telemetry. */
  evidenceCount: number
  firstSignAt: number
  /** Telemetry (or a crew) has said that the device is open. */
  told: boolean
  /** The device was opened on purpose. */
  switched: boolean
  /** Place in the unit's device tree; -1 for a service point by itself. */
  treeDevice: number
}

/** Devices with the same customers, a service point alone on its device among them; `chance` is that of all together. */
type Candidate = {
  /** The lowest device of the group in the tree, or -1 for a service point by itself. */
  device: number
  chance: number
  members: { ref: DeviceRef; chance: number }[]
  above: Candidate | null
  leaf: LeafState | null
  taken: boolean
  /** An accepted incident lies below. */
  blocked: boolean
  evidence: Candidate[]
  told: boolean
}

/** A rival less likely than this is not worth a dispatcher's look. */
const LEAST_RIVAL = 0.005
const MOST_RIVALS = 8

export function refOf(tree: DeviceTree, device: number): DeviceRef {
  return { kind: tree.kind[device]!, item: tree.item[device]! }
}

/** `switchedOff` are those behind devices opened on purpose: not inferred, but somebody there says that it is dark. */
export type Listed = { incidents: InferredIncident[]; switchedOff: InferredIncident[] }

export function listIncidents(tree: DeviceTree, heard: Heard, posterior: Posterior): Listed {
  const { groups, signs } = gatherCandidates(tree, heard, posterior)
  const behind: [device: number, sign: Candidate][] = []
  const accepted: Candidate[] = []
  const accept = (candidate: Candidate) => {
    candidate.taken = true
    accepted.push(candidate)
    for (let above = candidate.above; above !== null; above = above.above) above.blocked = true
  }
  for (const group of new Set(groups.values())) if (group.told && !coveredBy(group)) accept(group)
  const waiting = signs.map((sign) => ({ sign, best: bestFor(sign) }))
  waiting.sort((a, b) => b.best.chance - a.best.chance)
  for (let next = 0; next < waiting.length; next++) {
    const { sign, best } = waiting[next]!
    const cover = coveredBy(sign)
    const by = switchedAbove(tree, heard, sign)
    if (by > 0) {
      if (cover === null) behind.push([by, sign])
      continue
    }
    if (cover !== null) {
      cover.evidence.push(sign)
      continue
    }
    const choice = best.blocked ? bestFor(sign) : best
    accept(choice)
    choice.evidence.push(sign)
  }
  return {
    incidents: accepted.map((candidate) => describe(tree, candidate)).sort(byChance),
    switchedOff: describeSwitchedOff(tree, groups, behind),
  }
}

function byChance(a: InferredIncident, b: InferredIncident): number {
  return b.probability - a.probability || b.servicePointCount - a.servicePointCount
}

function gatherCandidates(tree: DeviceTree, heard: Heard, posterior: Posterior) {
  const groups = new Map<number, Candidate>()
  for (const device of heard.touched) {
    if (device === 0) continue
    const parent = tree.parent[device]!
    const above = groups.get(parent) ?? null
    const member = { ref: refOf(tree, device), chance: posterior.outermost.get(device)! }
    const told = heard.words.get(device)?.word === 'opened'
    if (above !== null && tree.points[parent] === tree.points[device]) {
      above.members.push(member)
      above.chance += member.chance
      above.device = device
      above.told ||= told
      groups.set(device, above)
    } else groups.set(device, newCandidate(device, member, above, told))
  }
  const signs: Candidate[] = []
  for (const each of posterior.leaves) {
    if (firstSignAt(each.leaf) === 0 || (each.leaf.backAt > 0 && each.lit > 0.5)) continue
    const chance = chanceAlone(each)
    const member = { ref: { kind: 'service_point' as const, item: each.leaf.point }, chance }
    const above = groups.get(each.leaf.device) ?? null
    if (above !== null && tree.points[each.leaf.device] === 1) {
      above.members.push(member)
      above.chance += chance
      above.leaf = each.leaf
      signs.push(above)
    } else signs.push({ ...newCandidate(-1, member, above, false), leaf: each.leaf })
  }
  return { groups, signs }
}

/** A caller whom nothing above explains has trouble at his place, on whichever side of the meter; a lone gasp may be false. */
function chanceAlone({ leaf, opened, lit }: LeafPosterior): number {
  return leaf.calledAt > 0 && leaf.backAt === 0 ? opened + lit : opened
}

function newCandidate(
  device: number,
  member: Candidate['members'][number],
  above: Candidate | null,
  told: boolean,
): Candidate {
  const { chance } = member
  return { device, chance, members: [member], above, leaf: null, taken: false, blocked: false, evidence: [], told }
}

function coveredBy(sign: Candidate): Candidate | null {
  for (let at: Candidate | null = sign; at !== null; at = at.above) if (at.taken) return at
  return null
}

function bestFor(sign: Candidate): Candidate {
  let best = sign
  for (let at = sign.above; at !== null; at = at.above) if (!at.blocked && at.chance > best.chance) best = at
  return best
}

/** The lowest device opened on purpose above the sign, or 0: behind it darkness needs no other cause. */
function switchedAbove(tree: DeviceTree, heard: Heard, { leaf }: Candidate): number {
  let at = leaf!.device
  while (at > 0 && heard.words.get(at)?.word !== 'switched') at = tree.parent[at]!
  return at
}

/** Behind each device opened on purpose what was heard there and nothing else explains. */
function describeSwitchedOff(tree: DeviceTree, groups: Map<number, Candidate>, signs: [number, Candidate][]) {
  const byDevice = new Map<number, Candidate[]>()
  for (const [device, sign] of signs) byDevice.set(device, [...(byDevice.get(device) ?? []), sign])
  return [...byDevice].map(([device, evidence]): InferredIncident => {
    const candidate: Candidate = { ...groups.get(device)!, device, evidence, told: true }
    const described = describe(tree, candidate)
    return { ...described, device: refOf(tree, device), rivals: [], alike: [], told: false, switched: true }
  })
}

function describe(tree: DeviceTree, candidate: Candidate): InferredIncident {
  const members = [...candidate.members].sort((a, b) => b.chance - a.chance)
  const signs = candidate.evidence.map(({ leaf }) => firstSignAt(leaf!))
  return {
    device: members[0]!.ref,
    // What telemetry has told is a fact, even where something above may be open as well.
    probability: candidate.told ? 1 : Math.min(1, candidate.chance),
    rivals: rivalsOf(candidate),
    alike: members.slice(1).map(({ ref }) => ref),
    servicePointCount: candidate.device < 0 ? 1 : tree.points[candidate.device]!,
    evidenceCount: candidate.evidence.length + (candidate.told ? 1 : 0),
    firstSignAt: beginningOf(signs),
    told: candidate.told,
    switched: false,
    treeDevice: candidate.device,
  }
}

/** One that came so long before all others is a sign of something else: a false gasp may have stood for days. */
const APART_MS = 12 * 3_600_000

/** When it began by its signs' instants; 0 without any. */
function beginningOf(signs: number[]): number {
  let first = 0
  for (const at of signs.sort((a, b) => b - a)) {
    if (first > 0 && first - at > APART_MS) break
    first = at
  }
  return first
}

function rivalsOf(candidate: Candidate): Rival[] {
  const others = new Set<Candidate>()
  for (const sign of [candidate, ...candidate.evidence])
    for (let at: Candidate | null = sign; at !== null; at = at.above) if (at !== candidate) others.add(at)
  return [...others]
    .filter(({ chance }) => chance >= LEAST_RIVAL)
    .sort((a, b) => b.chance - a.chance)
    .slice(0, MOST_RIVALS)
    .map(({ members, chance }) => ({
      device: members.reduce((best, each) => (each.chance > best.chance ? each : best)).ref,
      probability: Math.min(1, chance),
    }))
}
