// `npm run bench -- inference`: seeded faults on real networks; right device first by percentage roll-up, by the exact
// posterior without and with the calling rate, by ours, and by ours once an administrator has adopted the calling rates that
// other storms of the row teach (which the roll-up is tuned on too), with expected calibration errors.
//   --networks FOLDER[,FOLDER…]   --faults N (a row, default 900; the published table has 13,500)   --seed N
import { parseArgs } from 'node:util'
import type { Network } from '../../server/network/index.ts'
import { defaultParameters, learnCallRates, type Calling } from '../../server/incidents/index.ts'
import { drawStorm, pointsBelow, seededRandom, type Channel, type Places, type Storm } from './inference/draw-storm.ts'
import { createExact } from './inference/exact.ts'
import { judgeExactly, Ours } from './inference/methods.ts'
import { benchNetworks, placesOf, show } from './inference/networks.ts'
import { rollUp, rollUpRules } from './inference/roll-up.ts'
import { Score } from './inference/score.ts'

const channels: Channel[] = ['calls', 'meters', 'telemetry']
const testedRates = [0.02, 0.1, 0.3]
const noon = Date.parse('2026-07-01T12:00:00+08:00')
/** Long after the last call, so that silence means what it means in the published table. */
const later = noon + 24 * 3_600_000

type Row = { rollUp: Score; blind: Score; told: Score; ours: Score; taught: Score }
const columnsOf = ({ rollUp, blind, told, ours, taught }: Row) => [rollUp, blind, told, ours, taught]

/** Storms until `faults` of them were noticed. */
function drawStorms(
  network: Network,
  places: Places,
  channel: Channel,
  callRate: number,
  faults: number,
  seed: number,
) {
  const random = seededRandom(seed)
  const storms: Storm[] = []
  for (let noticed = 0; noticed < faults; noticed += storms.at(-1)!.told.length)
    storms.push(drawStorm({ network, places, channel, callRate, random }, noon))
  return storms
}

/** The roll-up with the shares that do best on other storms of the same network and row. */
function judgeByRollUp(places: Places, training: Storm[], storms: Storm[]): Score {
  const scoreWith = (rule: (typeof rollUpRules)[number], on: Storm[]) => {
    const score = new Score()
    for (const storm of on)
      score.add(
        places,
        storm,
        rollUp(places, storm.evidence, rule).map((place) => ({ place, probability: 1 })),
      )
    return score
  }
  const best = rollUpRules.reduce(
    (known, rule) => {
      const { percent } = scoreWith(rule, training)
      return percent > known.percent ? { rule, percent } : known
    },
    { rule: rollUpRules[0]!, percent: -1 },
  )
  return scoreWith(best.rule, storms)
}

/** Narrower faults say little of how readily people call, as in the service. */
const wideEnough = 20

/** Who called of those that each wide fault left without supply: what incidents teach once they are closed. */
function callingOf(places: Places, storms: Storm[]): Calling[] {
  return storms.flatMap(({ told, evidence }) => {
    const calls = new Set(evidence.flatMap(({ item }) => (item.kind === 'report' ? [item.servicePoint] : [])))
    return told
      .filter(({ point }) => point < 0)
      .map(({ unit, device }) => pointsBelow(places.trees.get(unit)!, device))
      .filter((points) => points.length >= wideEnough)
      .map((points) => ({ customers: points.length, callers: points.filter((each) => calls.has(each)).length }))
  })
}

function runRow(full: Network, channel: Channel, callRate: number, faults: number, seed: number): Row {
  const network = show(full, channel)
  const places = placesOf(network)
  const storms = drawStorms(network, places, channel, callRate, faults, seed)
  const training = drawStorms(network, places, channel, callRate, Math.min(faults, 150), seed + 500_000)
  const row: Row = {
    rollUp: judgeByRollUp(places, training, storms),
    blind: new Score(),
    told: new Score(),
    ours: new Score(),
    taught: new Score(),
  }
  const callRates = learnCallRates(callingOf(places, training), defaultParameters.callRates)
  const taught = new Ours(network, places, { ...defaultParameters, callRates })
  const ours = new Ours(network, places)
  const blind = createExact(network, places, channel, testedRates)
  const told = createExact(network, places, channel, [callRate])
  for (const storm of storms) {
    row.ours.add(places, storm, ours.judge(storm.evidence, later))
    row.taught.add(places, storm, taught.judge(storm.evidence, later))
    row.blind.add(places, storm, judgeExactly(blind, ours, places, storm))
    row.told.add(places, storm, judgeExactly(told, ours, places, storm))
  }
  return row
}

function printRow(name: string, row: Row): void {
  const columns = columnsOf(row)
  const percents = columns.map(({ percent }) => percent.toFixed(1).padStart(6)).join('')
  const many = columns.map(({ manyPercent }) => manyPercent.toFixed(1).padStart(6)).join('')
  const errors = columns.map(({ calibrationError }) => calibrationError.toFixed(3).padStart(7)).join('')
  console.log(`${name.padEnd(22)}${String(row.ours.faults).padStart(6)} |${percents} |${many} |${errors}`)
}

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { networks: text, faults: text, seed: text } })
  const networks = await benchNetworks(values.networks)
  const faults = Math.ceil(Number(values.faults ?? 900) / networks.length)
  const seed = Number(values.seed ?? 1)
  console.log('right device first, %: roll-up / exact without the rate / exact with it / ours / ours taught')
  console.log(
    'row                   faults | all faults                    | more than one customer        | calibration error',
  )
  const empty = (): Row => ({
    rollUp: new Score(),
    blind: new Score(),
    told: new Score(),
    ours: new Score(),
    taught: new Score(),
  })
  const all = empty()
  for (const channel of channels)
    for (const callRate of testedRates) {
      const sum = empty()
      networks.forEach((network, at) => {
        const row = runRow(network, channel, callRate, faults, seed * 1000 + at * 10)
        for (const column of ['rollUp', 'blind', 'told', 'ours', 'taught'] as const) {
          sum[column].merge(row[column])
          all[column].merge(row[column])
        }
      })
      printRow(`${channel} ${callRate * 100} % call`, sum)
    }
  printRow('all together', all)
}
