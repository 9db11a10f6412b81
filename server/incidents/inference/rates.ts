// The model's parameters made ready for one network: each kind's failure rate per device, and the grid of circumstances
// (calling rate × meters that speak or not) with the logarithms that the message passing asks for again and again.
import type { DeviceKind, InferenceParameters } from './parameters.ts'

/** Below this a rate is only there so that telemetry can speak for a device that never fails by itself. */
const LEAST_RATE = 1e-12

export type FaultRates = Record<DeviceKind, number>

/** `intensity` is how many failures are expected at once in the whole network. */
export function spreadFaultRates(
  parameters: InferenceParameters,
  counts: Record<DeviceKind, number>,
  intensity: number = parameters.expectedFaults,
): FaultRates {
  const kinds = Object.keys(parameters.kindShares) as DeviceKind[]
  const present = kinds.filter((kind) => counts[kind] > 0)
  const share = present.reduce((sum, kind) => sum + parameters.kindShares[kind], 0) || 1
  const rates = {} as FaultRates
  for (const kind of kinds) {
    const rate = counts[kind] > 0 ? (intensity * parameters.kindShares[kind]) / share / counts[kind] : 0
    rates[kind] = Math.min(0.5, Math.max(LEAST_RATE, rate))
  }
  return rates
}

/** One circumstance: how readily the dark call, and whether their meters speak. */
export type Circumstance = { callRate: number; gaspRate: number; logWeight: number }

/** `weights` replaces the weights of the parameters, one for each circumstance in the same order. */
export function listCircumstances(parameters: InferenceParameters, weights?: readonly number[]): Circumstance[] {
  const total = parameters.callRates.reduce((sum, { weight }) => sum + weight, 0)
  const dead = parameters.meterChannelDead
  const listed = [
    ...parameters.callRates.map(({ rate, weight }) => ({
      callRate: rate,
      gaspRate: parameters.lastGaspRate,
      weight: (weight / total) * (1 - dead),
    })),
    ...parameters.callRates.map(({ rate, weight }) => ({
      callRate: rate,
      gaspRate: parameters.spuriousGaspRate / 10,
      weight: (weight / total) * dead,
    })),
  ]
  return listed.map(({ callRate, gaspRate, weight }, at) => ({
    callRate,
    gaspRate,
    logWeight: Math.log(Math.max(weights?.[at] ?? weight, 1e-12)),
  }))
}

/** log(e^a + e^b) without overflow. */
export function logAdd(a: number, b: number): number {
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b))
}

/** The log of the sum of exponentials. */
export function logSum(values: ArrayLike<number>): number {
  let largest = -Infinity
  for (let at = 0; at < values.length; at++) if (values[at]! > largest) largest = values[at]!
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += Math.exp(values[at]! - largest)
  return largest + Math.log(sum)
}
