// The history that restoration times are learned from: what was imported, and what was closed here with all that was known of it
// from step to step.
import { pastIncidentOf, type PastIncident } from '../estimates/index.ts'
import type { Queries } from '../database/index.ts'
import { courseOf } from './course.ts'
import { readCourses } from './courses.ts'

type HistoryRow = Omit<Parameters<typeof pastIncidentOf>[0], 'started_at' | 'restored_at'> & {
  started_at: Date
  restored_at: Date
  own: boolean
}

/** The most recent incidents say the most; more only take the time of learning. */
const historyRows = 20_000
/** Those with a course: half a minute of learning, and a second of reading at the start. */
const ownRows = 6000

/** The history, the newest first. */
export async function readHistory(queries: Queries): Promise<PastIncident[]> {
  const rows = await queries.rows<HistoryRow>('incidents/read_history', { limit: historyRows, own_limit: ownRows })
  const own = rows.filter((row) => row.own).map(({ id }) => id)
  const courses = await readCourses(queries, own)
  return rows.map((row) => {
    const past = pastIncidentOf({
      ...row,
      started_at: row.started_at.toISOString(),
      restored_at: row.restored_at.toISOString(),
    })
    const course = courseOf(courses.get(row.id) ?? [])
    return course ? { ...past, revisions: course.incident.revisions } : past
  })
}
