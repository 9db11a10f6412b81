// Derives the service areas that the utility did not draw, in PostGIS, from each transformer's service points: Voronoi cells
// dissolved by transformer, cut to the supplied ground, and parts cut off from their own given to the neighbour they border.
import type { Transaction } from '../../server/database/index.ts'

/** Ground this far from a customer is still theirs: half a street and a yard. */
const reach_m = 60
/** A hole in the supplied ground up to this size is a square or a schoolyard, and somebody's all the same. */
const hole_m2 = 40_000
/**
 * Squares a degree in which one place of a transformer stands for all: 1 m apart, or 10 m in a city, where that leaves 1.1 of
 * 1.78 million places and cannot be seen on the ground.
 */
const grain = { town: 100_000, city: 10_000 }
const cityFrom = 200_000
/** A part that borders only unsettled parts waits a round; more than three rounds were never seen. */
const roundLimit = 12

/** Derives the areas of a network. Answers the lines worth saying. */
export async function deriveAreas(transaction: Transaction, networkId: number): Promise<string[]> {
  const values = { network_id: networkId }
  await transaction.touch('import/stage_area_frame', values)
  const { customers } = await transaction.one<{ customers: number }>('import/count_network_customers', values)
  const sites = await transaction.touch('import/stage_area_sites', {
    ...values,
    grain: customers < cityFrom ? grain.town : grain.city,
  })
  if (sites === 0) return []
  for (const statement of ['stage_area_cells', 'index_area_cells', 'stage_area_claims'])
    await transaction.touch(`import/${statement}`)
  await transaction.touch('import/stage_area_ground', { ...values, reach_m, hole_m2 })
  await transaction.touch('import/index_area_ground')
  await transaction.touch('import/stage_area_parts')
  await transaction.touch('import/index_area_parts')
  for (let round = 0; round < roundLimit; round++)
    if ((await transaction.touch('import/settle_area_parts')) === 0) break
  await transaction.touch('import/drop_old_areas', values)
  const areas = await transaction.one<{ new: number; changed: number; several: number }>('import/merge_derived_areas')
  const touched = areas.new + areas.changed
  if (touched === 0) return []
  const several =
    areas.several > 0
      ? `; ${areas.several} are in several parts, where customers of two transformers live among each other`
      : ''
  return [`areas derived from service points: ${areas.new} new, ${areas.changed} changed${several}`]
}
