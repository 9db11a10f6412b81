// Photographs of an assignment: kept with the time they were taken, told of once, read by whoever is at work on the incident.
import { mostPhotographs } from '../contract/photograph-limits.ts'
import type { PhotographType, PhotographView } from '../contract/photographs.ts'
import { checkPicture } from '../contract/picture.ts'
import { Refusal } from '../contract/refusal.ts'
import { assignmentStatusZh } from '../contract/status-words.ts'
import { createId, type Queries } from '../database/index.ts'
import type { DispatchDeps } from './candidates.ts'
import { readAssignment, tellAssignment } from './tell-assignment.ts'

/** A phone's clock may run ahead by this much. */
const clockSkew_ms = 2 * 60_000
const states = ['accepted', 'en_route', 'on_site', 'finished']

/**
 * Keeps a picture taken for assignment `id`. Throws Refusal `too_large`, `invalid` for what is no picture, `out_of_order` for
 * an assignment that nobody took, and `unprocessable` for one too many or one from the future.
 */
export function takePhotograph(
  deps: DispatchDeps,
  id: string,
  picture: Uint8Array,
  takenAt: Date | null,
  actor: string,
): Promise<PhotographView> {
  const type = checkPicture(picture)
  const now = deps.now()
  if (takenAt && takenAt.getTime() > now.getTime() + clockSkew_ms)
    throw new Refusal('unprocessable', {
      zh: `拍照时刻 ${takenAt.toISOString()} 还没到：手机时间不准`,
      en: `taken_at ${takenAt.toISOString()} is in the future: the phone's clock is wrong`,
    })
  return deps.database.transaction(async (transaction) => {
    const { view } = await readAssignment(transaction, id)
    if (!states.includes(view.status))
      throw new Refusal('out_of_order', {
        zh: `工单 ${id} 的状态是“${assignmentStatusZh[view.status]}”：接单后才能传照片`,
        en: `Assignment ${id} is ${view.status}: photographs are for one that was accepted`,
      })
    const photograph = createId('photo')
    const put = await transaction.touch('dispatch/put_photograph', {
      id: photograph,
      assignment_id: id,
      taken_at: takenAt ?? now,
      received_at: now,
      media_type: type,
      picture: Buffer.from(picture),
      most: mostPhotographs,
    })
    if (put === 0)
      throw new Refusal('unprocessable', {
        zh: `工单 ${id} 已有 ${mostPhotographs} 张照片：不能再加`,
        en: `Assignment ${id} has ${mostPhotographs} photographs: no more are taken`,
      })
    await tellAssignment(deps, transaction, id, 'photographed', actor)
    const [kept] = await listPhotographs(transaction, { id: photograph, incident_id: null }, 1)
    return kept!
  })
}

type Row = Omit<PhotographView, 'taken_at' | 'received_at'> & { taken_at: Date; received_at: Date }

/** Photographs without their pictures, oldest first. */
export async function listPhotographs(
  queries: Queries,
  which: { id: string | null; incident_id: string | null },
  limit: number,
): Promise<PhotographView[]> {
  const rows = await queries.rows<Row>('dispatch/list_photographs', { ...which, limit })
  return rows.map((row) => ({
    ...row,
    taken_at: row.taken_at.toISOString(),
    received_at: row.received_at.toISOString(),
  }))
}

/** A picture; throws Refusal `not_found`. */
export async function readPhotograph(
  queries: Queries,
  id: string,
): Promise<{ media_type: PhotographType; picture: Buffer }> {
  const row = await queries.maybe<{ media_type: PhotographType; picture: Buffer }>('dispatch/read_photograph', { id })
  if (!row) throw new Refusal('not_found', { zh: `没有照片 ${id}`, en: `There is no photograph ${id}` })
  return row
}
