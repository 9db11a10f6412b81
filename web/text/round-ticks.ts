// Round instants along an axis of time, on the clock of the network's time zone. Pure.
import { zonedInstant, zonedText } from './zoned-time.ts'

export type TimeTick = { at: number; isMidnight: boolean }

const hour_ms = 3_600_000
/** Hours between two ticks. */
const steps = [0.5, 1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720]
/** Written dates have room for so many. */
const mostTicks = 8
/** Nearer to an end than this share, a label would hang over it. */
const margin = 0.03

/** From `from` to `to`, in milliseconds: whole or half hours counted from a midnight, at most `mostTicks` of them. */
export function roundTicks(from: number, to: number, timeZone?: string): TimeTick[] {
  const every_ms = (steps.find((hours) => (to - from) / (hours * hour_ms) <= mostTicks) ?? steps.at(-1)!) * hour_ms
  const [first, last] = [from + (to - from) * margin, to - (to - from) * margin]
  // The clock on the wall goes on evenly, as though there were no time zones; its instants do not.
  const midnight = Date.parse(`${zonedText(new Date(from), timeZone).slice(0, 10)}T00:00Z`)
  const ticks: TimeTick[] = []
  for (let wall = midnight; ; wall += every_ms) {
    const text = new Date(wall).toISOString().slice(0, 16)
    const at = zonedInstant(text, timeZone)!.getTime()
    if (at > last) return ticks
    if (at >= first) ticks.push({ at, isMidnight: text.endsWith('T00:00') })
  }
}
