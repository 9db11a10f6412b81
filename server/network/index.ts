// The face of the network room: the connectivity graph, the supply as switched now, and what may be asked of them.
export * from './rows.ts'
export { buildNetwork, equipmentKinds, lvEquipmentKinds, METERED, DISCONNECTED } from './build-network.ts'
export type { Network, NetworkRemark } from './build-network.ts'
export { Identifiers } from './identifiers.ts'
export { groupBy, itemsOf, type Grouped } from './group-by.ts'
export { traceSupply, switchEquipment, otherEnd, UNFED, SOURCE, type Supply } from './supply.ts'
export { isEnergised, upstreamPath, downstreamOf, remarkOnSupply, type Downstream } from './trace.ts'
export { groupIntoUnits, type Units } from './units.ts'
