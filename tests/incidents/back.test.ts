// What ends what was said, and what begins anew: a meter's return, the neighbours', a reclosing, time. The town is in town.ts.
import { expect, it } from 'vitest'
import { inferred, meter, noon, report, telemetry, town } from './town.ts'

it('lets a reclosing end what the opening began', () => {
  const network = town()
  const open = telemetry(network, 'R2', 'open')
  const closed = telemetry(network, 'R2', 'closed', true, noon + 60_000)
  expect(inferred(network, [open, report(network, 'x-1', noon + 1000), closed])).toEqual([])
  const still = report(network, 'x-2', noon + 120_000)
  expect(inferred(network, [open, report(network, 'x-1', noon + 1000), closed, still])).toMatchObject([
    { evidenceCount: 1 },
  ])
})

it('lets a power-on clear the power-off and the call before it', () => {
  const network = town(true)
  const said = [
    meter(network, 'x-1', 'power_off'),
    report(network, 'x-1', noon + 1000),
    meter(network, 'x-1', 'power_on', noon + 2000),
  ]
  expect(inferred(network, said)).toEqual([])
  expect(inferred(network, [...said].reverse())).toEqual([])
})

it('does not keep open who went dark with his neighbours and did not say that he is back', () => {
  const network = town(true)
  const ids = ['T1-1', 'T1-2', 'T1-3', 'x-1', 'x-2', 'T2-1']
  const dark = ids.map((id) => meter(network, id, 'power_off'))
  const back = ids.slice(0, 5).map((id) => meter(network, id, 'power_on', noon + 3_600_000))
  expect(inferred(network, [...dark, report(network, 'T2-1', noon + 1000)]).length).toBeGreaterThan(0)
  expect(inferred(network, [...dark, report(network, 'T2-1', noon + 1000), ...back])).toEqual([])
  const still = report(network, 'T2-1', noon + 7_200_000)
  expect(inferred(network, [...dark, ...back, still], noon + 8_000_000)).toMatchObject([{ evidenceCount: 1 }])
})

it('hears who calls or gasps again after his neighbours came back', () => {
  const network = town(true)
  const ids = ['T1-1', 'T1-2', 'T1-3', 'x-1', 'x-2', 'T2-1']
  const dark = ids.map((id) => meter(network, id, 'power_off'))
  const back = ids.slice(0, 5).map((id) => meter(network, id, 'power_on', noon + 3_600_000))
  const until = [...dark, report(network, 'T2-1', noon + 1000), ...back]
  expect(inferred(network, until)).toEqual([])
  const again = report(network, 'T2-1', noon + 7_200_000)
  expect(inferred(network, [...until, again], noon + 8_000_000)).toMatchObject([{ evidenceCount: 1 }])
  expect(inferred(network, [...until.slice(0, -5), again, ...back], noon + 8_000_000)).toHaveLength(1)
  const gasp = meter(network, 'T2-1', 'power_off', noon + 7_200_000)
  expect(inferred(network, [...until, gasp], noon + 8_000_000)).toMatchObject([{ evidenceCount: 1 }])
})

it('does not take who called for back because others came back from something earlier', () => {
  const network = town(true)
  const earlier = ['T1-1', 'T1-2', 'T1-3'].flatMap((id) => [
    meter(network, id, 'power_off', noon - 7_200_000),
    meter(network, id, 'power_on', noon - 3_600_000),
  ])
  const alone = [meter(network, 'T2-1', 'power_off'), report(network, 'T2-1', noon + 1000)]
  const elsewhere = [
    meter(network, 'T3-1', 'power_off', noon + 2000),
    meter(network, 'T3-1', 'power_on', noon + 60_000),
  ]
  expect(inferred(network, [...earlier, ...alone, ...elsewhere])).toMatchObject([{ evidenceCount: 1 }])
})

it('nor because others went out after the call, and came back from that', () => {
  const network = town(true)
  const blink = (id: string) => [
    meter(network, id, 'power_off', noon + 600_000),
    meter(network, id, 'power_on', noon + 720_000),
  ]
  const others = ['T1-1', 'T1-2', 'T1-3', 'x-1', 'x-2', 'T3-1'].flatMap(blink)
  expect(inferred(network, [report(network, 'T2-1'), ...others])).toMatchObject([{ evidenceCount: 1 }])
  // Who calls before the meters of the same loss of supply are heard came back with them.
  const soon = report(network, 'T2-1', noon + 540_000)
  expect(inferred(network, [soon, ...others])).toEqual([])
})

it('comes to the same whether a reclosing is heard before or after what was said since', () => {
  const network = town(true)
  const [open, closed] = [
    telemetry(network, 'R2', 'open', false, noon + 1000),
    telemetry(network, 'R2', 'closed', true, noon + 3_600_000),
  ]
  const early = [meter(network, 'x-1', 'power_off'), report(network, 'x-2', noon + 2000)]
  const since = [meter(network, 'x-1', 'power_off', noon + 7_200_000), report(network, 'x-2', noon + 7_300_000)]
  const inOrder = inferred(network, [...early, open, closed, ...since], noon + 8_000_000)
  expect(inOrder).toMatchObject([{ firstSignAt: noon + 7_200_000, evidenceCount: 2 }])
  expect(inferred(network, [...early, ...since, open, closed], noon + 8_000_000)).toEqual(inOrder)
})

it('begins with its own signs, not with one that has stood alone for days', () => {
  const network = town(true)
  const day_ms = 24 * 3_600_000
  const gasp = meter(network, 'T1-1', 'power_off', noon - 9 * day_ms)
  const calls = ['T1-2', 'T1-3'].map((id, index) => report(network, id, noon + index * 60_000))
  const [incident] = inferred(network, [gasp, ...calls])
  expect(incident).toMatchObject({ evidenceCount: 3, firstSignAt: noon })
})
