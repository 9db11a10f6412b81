// `npm run bench -- inference-hard`: the inference benchmark made harder, to show where ours breaks. For each trouble the share
// of faults found, the incidents that were none, and the calibration error, beside the same storms as published.
//   --networks FOLDER[,FOLDER…]   --storms N (a row and network, default 60)   --seed N
import { parseArgs } from 'node:util'
import { drawStorm, seededRandom, type Channel } from './inference/draw-storm.ts'
import { hardenings } from './inference/harden.ts'
import { Ours } from './inference/methods.ts'
import { benchNetworks, placesOf, show } from './inference/networks.ts'
import { Score } from './inference/score.ts'

const noon = Date.parse('2026-07-01T12:00:00+08:00')
const channels: Channel[] = ['calls', 'meters', 'telemetry']

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { networks: text, storms: text, seed: text } })
  const networks = await benchNetworks(values.networks)
  const storms = Number(values.storms ?? 60)
  console.log('10 % call: right device first, %; incidents that were none, a storm; calibration error')
  console.log(`${''.padEnd(36)}${channels.map((channel) => channel.padEnd(22)).join('')}`)
  for (const { name, harden } of hardenings) {
    const columns = channels.map((channel) => {
      const score = new Score()
      networks.forEach((full, at) => {
        const network = show(full, channel)
        const places = placesOf(network)
        const ours = new Ours(network, places)
        const random = seededRandom(Number(values.seed ?? 1) * 1000 + at)
        for (let each = 0; each < storms; each++) {
          const drawn = drawStorm({ network, places, channel, callRate: 0.1, random }, noon)
          if (drawn.evidence.length === 0) continue
          const { storm, now } = harden(drawn, network, places, random)
          score.add(places, storm, ours.judge(storm.evidence, now))
        }
      })
      const wrong = score.wrongIncidents / (storms * networks.length)
      return `${score.percent.toFixed(1)} / ${wrong.toFixed(2)} / ${score.calibrationError.toFixed(3)}`
    })
    console.log(`${name.padEnd(36)}${columns.map((column) => column.padEnd(22)).join('')}`)
  }
}
