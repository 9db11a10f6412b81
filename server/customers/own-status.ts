// What is so for an account. Of several places the one that is worst off is told, and which it is.
import type { Queries } from '../database/index.ts'
import { statusOf, type CustomerStatus, type StatusKind } from '../status/index.ts'
import type { OwnPoint } from './account-door.ts'

/** Worst first: out now, then without supply for another reason, then what was. */
const byGravity: readonly StatusKind[] = [
  'confirmed',
  'crew_on_its_way',
  'crew_on_site',
  'suspected',
  'planned_overrun',
  'planned',
  'disconnected',
  'restored_unverified',
  'restored',
  'own_side',
  'no_outage_known',
]

/** The gravest status of `points`, and whose it is. */
export async function statusOfOwn(
  queries: Queries,
  points: OwnPoint[],
  at: Date,
): Promise<{ point: OwnPoint; status: CustomerStatus }> {
  const all = await Promise.all(
    points.map(async (point) => ({ point, status: (await statusOf(queries, point.id, at))! })),
  )
  const gravity = ({ status }: (typeof all)[number]) => byGravity.indexOf(status.kind)
  const gravest = all.reduce((worst, each) => (gravity(each) < gravity(worst) ? each : worst))
  const isSaidOfAll =
    gravest.status.kind === 'no_outage_known' || all.every((each) => each.status.says.zh === gravest.status.says.zh)
  return isSaidOfAll ? gravest : named(gravest, points.length)
}

function named({ point, status }: { point: OwnPoint; status: CustomerStatus }, count: number) {
  const { zh, en } = status.says
  const at = point.address
  const says = {
    zh: `${zh}您的户号有${count}处用电地点，${at === null ? '这里只说其中一处' : `这里说的是${at}`}。`,
    en: `${en} Your account has ${count} places; this is about ${at ?? 'one of them'}.`,
  }
  return { point, status: { ...status, says } }
}
