// The ground that everything else stands on: plane, districts, rivers, settlements and roads for one city of one size.
import { planBankRoads, planBridges } from './banks.ts'
import { curveCountryRoads } from './country-curves.ts'
import { chooseCountryRoads } from './country-roads.ts'
import { createDistricts, type Districts } from './districts.ts'
import { createLattice, type Lattice } from './lattice.ts'
import { createPlane, type Plane } from './plane.ts'
import { createRivers, type Rivers } from './rivers.ts'
import { finishRoads, type Roads } from './roads.ts'
import { cities, createSettlements, customersPerTransformer, windowRadius, type Settlements } from './settlements.ts'
import { planStreets } from './street-plan.ts'

export type Layout = {
  seed: number
  plane: Plane
  districts: Districts
  rivers: Rivers
  lattice: Lattice
  settlements: Settlements
  roads: Roads
  /** How many transformers the ground was laid out for. */
  transformers: number
}

export function createLayout(customers: number, seed: number, city: string): Layout {
  const { lon, lat } = cities[city]!
  const plane = createPlane(lon, lat)
  const districts = createDistricts(plane)
  const rivers = createRivers(plane, seed)
  const lattice = createLattice(seed)
  const transformers = Math.max(4, Math.round(customers / customersPerTransformer))
  const window_m = windowRadius(customers, districts)
  const settlements = createSettlements({ plane, districts, rivers, seed, window_m }, city, transformers)
  const { plan, banks } = planStreets({ lattice, districts, rivers, settlements, seed })
  planBankRoads(plan, banks, rivers)
  planBridges(plan, banks, rivers)
  chooseCountryRoads(plan, settlements.all, seed)
  curveCountryRoads(plan, rivers, districts)
  const roads = finishRoads(plan, settlements.all, rivers, plane, seed)
  return { seed, plane, districts, rivers, lattice, settlements, roads, transformers }
}
