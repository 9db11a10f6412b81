// What the model takes for granted about failures, callers, meters and telemetry, all of it configurable. Shares by kind can
// be learned from history; the calling rate is not known beforehand and is integrated over a grid.

/** What a device is to the model; meter boxes and low-voltage branches fail alike. */
export type DeviceKind =
  'service_point' | 'lv_equipment' | 'transformer' | 'fuse' | 'recloser' | 'breaker' | 'switch' | 'line'

export type CallRate = { rate: number; weight: number }

export type InferenceParameters = {
  /** Share of all failures by kind; within a kind every device is as likely. */
  kindShares: Record<DeviceKind, number>
  /** Failures expected at once in the whole network while something is going on. */
  expectedFaults: number
  /** Share of the customers without supply who have called in the end, with its weight before any evidence. */
  callRates: CallRate[]
  /** Share of the customers with supply who call, because of trouble on their own side. */
  ownSideRate: number
  /** Share of the meters without supply that still say so, and of those with supply that say so falsely. */
  lastGaspRate: number
  spuriousGaspRate: number
  /** Weight, before any evidence, of meters that are listed but do not speak at all. */
  meterChannelDead: number
  /** Chance that the meter of a dark house answers or reports power-on, and that of a lit one fails to answer a ping. */
  falsePowerOnRate: number
  unansweredPingRate: number
  /** Share of the openings of a telemetered device that are told. */
  openingToldRate: number
  /** Time constant of calling, and the share of the calling done by the first sign of trouble (which has begun before it). */
  callDelay_s: number
  calledAtFirstSign: number
}

export const defaultParameters: InferenceParameters = {
  kindShares: {
    service_point: 0.45,
    lv_equipment: 0.1,
    transformer: 0.2,
    fuse: 0.17,
    recloser: 0.04,
    breaker: 0.04,
    switch: 0,
    line: 0,
  },
  expectedFaults: 2,
  callRates: [
    { rate: 0.01, weight: 0.08 },
    { rate: 0.02, weight: 0.2 },
    { rate: 0.05, weight: 0.16 },
    { rate: 0.1, weight: 0.22 },
    { rate: 0.2, weight: 0.12 },
    { rate: 0.3, weight: 0.2 },
    { rate: 0.5, weight: 0.02 },
  ],
  ownSideRate: 1e-4,
  lastGaspRate: 0.8,
  spuriousGaspRate: 1e-3,
  meterChannelDead: 0.01,
  falsePowerOnRate: 1e-3,
  unansweredPingRate: 0.05,
  openingToldRate: 0.9,
  callDelay_s: 600,
  calledAtFirstSign: 0.5,
}

/** Shares by kind from counted failures, with the prior shares standing for `priorCount` failures (Dirichlet posterior mean). */
export function learnKindShares(
  counts: Partial<Record<DeviceKind, number>>,
  prior: Record<DeviceKind, number> = defaultParameters.kindShares,
  priorCount = 50,
): Record<DeviceKind, number> {
  const kinds = Object.keys(prior) as DeviceKind[]
  const total = kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), priorCount)
  return Object.fromEntries(
    kinds.map((kind) => [kind, ((counts[kind] ?? 0) + priorCount * prior[kind]) / total]),
  ) as Record<DeviceKind, number>
}

/** Refuses values that would make the model speak nonsense, naming the field. */
export function checkParameters(parameters: InferenceParameters): void {
  const rates = ['ownSideRate', 'lastGaspRate', 'spuriousGaspRate', 'falsePowerOnRate', 'unansweredPingRate'] as const
  for (const name of [...rates, 'openingToldRate', 'calledAtFirstSign'] as const)
    if (!(parameters[name] > 0 && parameters[name] < 1)) throw new RangeError(`${name} must lie between 0 and 1`)
  for (const name of ['expectedFaults', 'callDelay_s'] as const)
    if (!(parameters[name] > 0)) throw new RangeError(`${name} must be positive`)
  if (parameters.callRates.length === 0) throw new RangeError('callRates needs at least one rate')
}
