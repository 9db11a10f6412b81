// The face of the inference: from evidence to the devices that best explain it, with probabilities, rivals and receipts.
export {
  defaultParameters,
  checkParameters,
  learnKindShares,
  type DeviceKind,
  type InferenceParameters,
} from './parameters.ts'
export { learnCallRates, type Calling } from './learn.ts'
export { buildDeviceTree, countDevices, deviceAbove, leafMixOf, type DeviceTree } from './device-tree.ts'
export { spreadFaultRates, listCircumstances, type FaultRates } from './rates.ts'
export type { DeviceRef, Evidence, Symptom } from './evidence.ts'
export type { InferredIncident, Rival } from './incidents.ts'
export {
  createFeederInference,
  addEvidence,
  clearEvidence,
  settle,
  explain,
  reweigh,
  type FeederInference,
  type Grid,
  type Settled,
} from './feeder-inference.ts'
export {
  createNetworkInference,
  feederOf,
  hearEvidence,
  settleNetwork,
  type NetworkInference,
} from './network-inference.ts'
export { writeReceipts, type Receipt, type ReceiptKind } from './receipts.ts'
export { chooseNextChecks, gainOf, type NextCheck } from './next-check.ts'
