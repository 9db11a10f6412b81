// `npm run bench -- estimates [FOLDER]`: the estimates against the utility's own published words and against the plain
// median by elapsed time, in normal weather (the history's last three weeks left out of learning) and in another storm.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readIncidentHistory } from '../../data/lab/read-incident-history.ts'
import { forecast, learn, predict } from '../../server/estimates/index.ts'
import type { Forecast, Model, PastIncident } from '../../server/estimates/index.ts'
import { replay } from '../../server/estimates/replay.ts'

const default_folder = '../shared/data/outages'
const weeks_left_out_s = 21 * 86_400
/** A word for a quarter of a year ahead or past is a slip of the pen: ten of them were half the storm's whole error. */
const slip_s = 90 * 86_400

/** One moment at which the utility had a word out: the errors in seconds, restored minus said. */
type Judged = { first: boolean; own: number; plain: number; utility: number }

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
const meanError = (errors: number[]): number => sum(errors.map(Math.abs)) / errors.length
const lateShare = (errors: number[]): number => errors.filter((error) => error > 0).length / errors.length
const middle = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

/** The reference: the median of what was left at the same elapsed time, by steps that widen from a quarter of an hour. */
function plainMedian(train: PastIncident[]): (elapsed_s: number) => number {
  const stepOf = (elapsed_s: number): number => Math.floor(2 * Math.log2(1 + Math.max(0, elapsed_s) / 900))
  const left: number[][] = []
  for (const { incident, at_s } of replay(train))
    if (!incident.open) (left[stepOf(at_s - incident.started_s)] ??= []).push(incident.ended_s - at_s)
  const medians = Array.from(left, (values) => middle(values ?? []))
  return (elapsed_s) => medians[Math.min(medians.length - 1, stepOf(elapsed_s))]!
}

function judge(forecasts: Forecast[], plain: (elapsed_s: number) => number): { judged: Judged[]; slips: number } {
  const heard = new Set<string>()
  const judged: Judged[] = []
  let slips = 0
  for (const { incident, at_s, facts, estimate } of forecasts) {
    if (incident.open || Number.isNaN(facts.said_left_s)) continue
    if (Math.abs(facts.said_left_s) > slip_s) {
      slips += 1
      continue
    }
    const left_s = incident.ended_s - at_s
    judged.push({
      first: !heard.has(incident.id),
      own: left_s - estimate.estimate_s,
      plain: left_s - plain(facts.elapsed_s),
      utility: left_s - facts.said_left_s,
    })
    heard.add(incident.id)
  }
  return { judged, slips }
}

/** The errors when every estimate is moved by one span so that the given share comes late. */
function movedTo(errors: number[], late: number): number[] {
  const sorted = errors.toSorted((a, b) => a - b)
  const move = sorted[Math.min(sorted.length - 1, Math.floor((1 - late) * sorted.length))]!
  return errors.map((error) => error - move)
}

function printRow(name: string, judged: Judged[]): void {
  const utility = judged.map((each) => each.utility)
  const own = judged.map((each) => each.own)
  const reference_s = meanError(utility)
  const late = lateShare(utility)
  const figures = [
    String(judged.length),
    `${(reference_s / 3600).toFixed(2)} h`,
    (meanError(judged.map((each) => each.plain)) / reference_s).toFixed(3),
    (meanError(own) / reference_s).toFixed(3),
    `${late.toFixed(2)} / ${lateShare(own).toFixed(2)}`,
    (meanError(movedTo(own, late)) / reference_s).toFixed(3),
  ]
  console.log([name.padEnd(28), ...figures.map((figure) => figure.padStart(13))].join(''))
}

function coverage(forecasts: Forecast[]): number {
  const ended = forecasts.filter(({ incident }) => !incident.open)
  const inside = ended.filter(({ incident, at_s, estimate }) => {
    const left_s = incident.ended_s - at_s
    return Math.round(estimate.low_s) <= left_s && left_s <= Math.round(estimate.high_s)
  })
  return inside.length / ended.length
}

function printSpeed(model: Model, forecasts: Forecast[]): void {
  const facts = forecasts.slice(0, 2000).map((each) => each.facts)
  const micros = Array.from({ length: 9 }, () => {
    const began_ms = performance.now()
    for (const each of facts) predict(model, each)
    return ((performance.now() - began_ms) * 1000) / facts.length
  }).sort((a, b) => a - b)
  const [least, most] = [micros[0]!, micros.at(-1)!]
  const spread = `minimum ${least.toFixed(0)}, median ${middle(micros).toFixed(0)}, spread ${(most - least).toFixed(0)}`
  console.log(
    `  one prediction: ${spread} µs; the model is ${(JSON.stringify(model).length / 1e6).toFixed(1)} MB as JSON`,
  )
}

function measure(name: string, train: PastIncident[], test: PastIncident[]): void {
  const began_ms = performance.now()
  const model = learn(train)
  const learned_s = (performance.now() - began_ms) / 1000
  const forecasts = Array.from(forecast(model, test))
  const { judged, slips } = judge(forecasts, plainMedian(train))
  printRow(
    `${name}, first publication`,
    judged.filter((each) => each.first),
  )
  printRow(`${name}, all moments`, judged)
  console.log(`  inside the 80 % interval: ${(100 * coverage(forecasts)).toFixed(1)} % of ${forecasts.length} moments`)
  const { incidents, moments } = model.learnedFrom
  console.log(
    `  learned from ${incidents} incidents, ${moments} moments in ${learned_s.toFixed(1)} s; ${slips} slips left out`,
  )
  printSpeed(model, forecasts)
}

export async function run([folder = default_folder]: string[]): Promise<void> {
  const historyFile = join(folder, 'pge_2021-11_2022-02.ndjson.gz')
  if (!existsSync(historyFile)) {
    console.log(
      `estimates: skipped, ${historyFile} is not there; name the folder of histories: npm run bench -- estimates FOLDER`,
    )
    return
  }
  const history = await readIncidentHistory(historyFile)
  const storm = await readIncidentHistory(join(folder, 'pge_2020-02_storm.ndjson.gz'))
  const heads = ['moments', 'utility error', 'plain ratio', 'own ratio', 'late u/own', 'at same late']
  console.log(['estimates (mean absolute)'.padEnd(28), ...heads.map((head) => head.padStart(13))].join(''))
  const cut_s = Math.max(...history.map((incident) => incident.ended_s)) - weeks_left_out_s
  const isLater = (incident: PastIncident): boolean => incident.revisions[0]!.at_s >= cut_s
  const earlier = history.filter((incident) => incident.ended_s < cut_s)
  measure('normal', earlier, history.filter(isLater))
  measure('storm', history, storm)
}
