// Whether a crew's shift covers an instant, as sql/functions/crew_view.sql has it. Pure.
import type { CrewView } from '../contract/assignments.ts'

export function isOnShift(
  { shift_start, shift_end }: Pick<CrewView, 'shift_start' | 'shift_end'>,
  at: Date,
  timezone: string,
): boolean {
  if (shift_start === null || shift_end === null) return true
  const clock = at.toLocaleTimeString('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' })
  return shift_start <= shift_end
    ? clock >= shift_start && clock < shift_end
    : clock >= shift_start || clock < shift_end
}
