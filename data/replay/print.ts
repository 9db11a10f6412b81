// What a replay says while it plays, and what it came to in the end.
import type { Outcome, Progress } from './replay.ts'

/** On a terminal the line is rewritten; in a log one every so often says enough. */
const logEvery_ms = 5000
const terminalEvery_ms = 200

export function progressPrinter(): Progress {
  let saidAt = 0
  return (at, begun, repaired, of) => {
    const { isTTY } = process.stderr
    const now = performance.now()
    if (now - saidAt < (isTTY ? terminalEvery_ms : logEvery_ms)) return
    saidAt = now
    const line = `${at.toISOString().slice(0, 16)}Z  ${begun} of ${of} begun, ${repaired} repaired`
    process.stderr.write(isTTY ? `\r\x1b[K${line}` : `${line}\n`)
  }
}

const whole = (value: number) => Math.round(value).toLocaleString('en')
const share = (kept: number, of: number) =>
  of === 0 ? 'none owed' : `${kept} of ${of} (${((100 * kept) / of).toFixed(0)} %)`
const minutes = (value: number | null) => (value === null ? 'none told' : `${whole(value)} min`)

/** One line a figure. */
export function summaryOf({ asked, storm, played, report, trueCustomerMinutes, took_s }: Outcome): string {
  const { totals, promises, estimates, dispatch, plans } = report
  const hours = (Date.parse(report.to) - Date.parse(report.from)) / 3_600_000
  const lines: [string, string][] = [
    ['storm', `${storm.name}: ${storm.laid} of ${storm.outages} outages laid, ${whole(storm.customers)} customers`],
    ['network', `${report.network.name}, ${whole(totals.customers)} customers`],
    ['policy', asked.policy],
    ['from', played.begunAt.toISOString()],
    ['to', `${played.endedAt.toISOString()}, ${hours.toFixed(1)} h of storm in ${took_s.toFixed(1)} s`],
    [
      'heard',
      `${played.heard.calls} calls, ${played.heard.meters} meters' words, ${played.heard.telemetry} switchings`,
    ],
    ['incidents', `${totals.incidents}, ${totals.restored} restored`],
    [
      'customer-minutes',
      `${whole(totals.customer_minutes)} counted; ${whole(trueCustomerMinutes)} as they really were`,
    ],
    ['arrival promises kept', share(promises.arrival.kept, promises.arrival.owed)],
    ['estimate error, first told', minutes(estimates.first_error_min)],
    ['estimate error, last told', minutes(estimates.last_error_min)],
    ['restored inside the first interval', share(estimates.inside, estimates.incidents)],
    ['restored by the first estimate', share(estimates.kept, estimates.incidents)],
    [
      'assignments',
      `${dispatch.assignments}, ${whole(dispatch.distance_km)} km, ${dispatch.crossings} across districts`,
    ],
    ['messages', `${whole(totals.messages_sent)} sent, ${whole(totals.messages_dead)} lost`],
    ['plans', `${plans.made} made, ${plans.applied} applied`],
  ]
  if (storm.leftOut > 0) lines.push(['left out', `${storm.leftOut}: no free device of their size`])
  if (played.unrepaired > 0) lines.push(['not repaired', String(played.unrepaired)])
  const width = Math.max(...lines.map(([name]) => name.length)) + 2
  const report_at = `/report?from=${played.begunAt.toISOString()}&to=${played.endedAt.toISOString()}`
  return [...lines.map(([name, value]) => name.padEnd(width) + value), `${'report'.padEnd(width)}${report_at}`].join(
    '\n',
  )
}
