// What is sent speaks of the moment at which it is sent: in the words of the page, once, and nothing that is over.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { NotificationView } from '../../server/contract/notifications.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { refreshEstimates } from '../../server/incidents/index.ts'
import type { Message } from '../../server/notifications/channels/channel.ts'
import { sendBatch } from '../../server/notifications/send-batch.ts'
import { statusOf } from '../../server/status/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'
import { ahead, drive, hours } from '../planned-outages/drive.ts'

let at: TestApp
let arrived: Message[] = []
beforeAll(async () => {
  at = await openTestApp()
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.reset()
  arrived = []
})

const step = async (id: string, verb: string, body: object = {}) => {
  const answer = await at.call('POST', `/api/incidents/${id}/${verb}`, body)
  expect(answer.status).toBe(200)
}
const call = async (account_no: string) =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no })).body.verdict.incident_id!
const offer = async (incident: string, crew_id = 'C1') =>
  (await at.call<{ id: string }>('POST', `/api/incidents/${incident}/assignments`, { crew_id })).body.id
const crew = async (assignment: string, ...verbs: string[]) => {
  for (const verb of verbs)
    expect((await at.call('POST', `/api/assignments/${assignment}/${verb}`, { reason: '另有安排' })).status).toBe(200)
}
const estimate = (id: string, minutes: number) =>
  step(id, 'estimate', { at: minute(minutes), low: minute(minutes - 10), high: minute(minutes + 20) })

/** Sends all that is due, as the worker does; answers what P301 got of it. */
async function send(): Promise<Message[]> {
  const got: Message[] = []
  const take = (message: Message) => {
    got.push(message)
    return Promise.resolve({ kind: 'sent' as const })
  }
  const options = { batch: 64, lease_ms: 60_000, now: () => at.clock.now, random: () => 0 }
  while ((await sendBatch(at.database, { name: 'print', open: () => ({ send: take }) }, options)).claimed > 0);
  arrived.push(...got)
  return got.filter(({ servicePointId }) => servicePointId === 'P301')
}
const status = async (point: string) => (await statusOf(at.database, point, at.clock.now))!.says
const rows = async (point: string) =>
  (await at.call<{ items: NotificationView[] }>('GET', `/api/notifications?service_point_id=${point}`)).body.items
/** T3 is out, confirmed, and its customers are owed the news. */
async function outAtT3(): Promise<string> {
  const id = await call('A301')
  await step(id, 'confirm', { equipment_id: 'T3' })
  return id
}

describe('what is sent', () => {
  it('to whoever joins an incident late says how it stands by then, as the page does', async () => {
    const id = await outAtT3()
    await send()
    await crew(await offer(id), 'accept', 'depart', 'arrive')
    await estimate(id, 90)
    await send()
    const suspected = await call('A101')
    at.clock.now = minute(20)
    await step(id, 'merge', { incident_ids: [suspected] })
    arrived = []
    await send()
    const news = arrived.find(({ servicePointId }) => servicePointId === 'P101')!
    expect(news.kind).toBe('outage_known')
    expect(news.text).toContain('抢修班组已在现场')
    expect(news.text).toContain((await status('P101')).zh)
  })

  it('after the stop switch is one message, with all that is so by then', async () => {
    const id = await outAtT3()
    at.clock.now = minute(10)
    await crew(await offer(id), 'accept', 'depart')
    at.clock.now = minute(30)
    await crew((await at.sql<{ id: string }>('select id from assignment'))[0]!.id, 'arrive')
    await estimate(id, 90)
    expect((await rows('P301')).map(({ matter }) => matter.split(':')[0])).toEqual([
      'estimate_changed',
      'crew_on_way',
      'outage_known',
    ])
    const got = await send()
    expect(got.map(({ text }) => text)).toEqual([`【复电图】${(await status('P301')).zh}`])
    expect(got[0]!.text).toContain('抢修班组已在现场')
    const kept = await rows('P301')
    expect(kept.map(({ state, reason }) => [state, reason])).toEqual([
      ['sent', null],
      ['superseded', 'what came later is told instead'],
      ['superseded', 'what came later is told instead'],
    ])
    expect(await send()).toEqual([])
  })

  it('is nothing of an outage once supply is back, however short a time it waited', async () => {
    const id = await outAtT3()
    at.clock.now = minute(3)
    await step(id, 'restore', { at: minute(2) })
    const got = await send()
    expect(got.map(({ kind }) => kind)).toEqual(['restored'])
    expect(got[0]!.text).toContain((await status('P301')).zh)
    expect((await rows('P301')).at(-1)).toMatchObject({
      state: 'superseded',
      reason: 'supply was back before this could be sent',
    })
  })

  it('of a return is nothing once they are out again, by whatever incident', async () => {
    const id = await outAtT3()
    await send()
    at.clock.now = minute(40)
    await step(id, 'restore', { at: minute(30) })
    at.clock.now = minute(45)
    const nested = await call('A302')
    expect(nested).not.toBe(id)
    await step(nested, 'confirm', { equipment_id: 'T3' })
    const got = await send()
    expect(got.map(({ kind }) => kind)).not.toContain('restored')
  })

  it('corrects what was said only instead of the first news, too, where the outage never was', async () => {
    const id = await outAtT3()
    await crew(await offer(id), 'accept', 'depart')
    expect((await send()).map(({ kind }) => kind)).toEqual(['crew_on_way'])
    await crew((await at.sql<{ id: string }>('select id from assignment'))[0]!.id, 'withdraw')
    await step(id, 'cancel', { reason: '误报' })
    expect((await send()).map(({ kind }) => kind)).toEqual(['outage_withdrawn'])
  })
})

describe('a crew that was told of and is withdrawn', () => {
  it('is corrected once, in the words of the page', async () => {
    const id = await outAtT3()
    const assignment = await offer(id)
    await crew(assignment, 'accept', 'depart')
    await send()
    at.clock.now = minute(15)
    await crew(assignment, 'withdraw')
    const got = await send()
    expect(got.map(({ kind, text }) => ({ kind, text }))).toEqual([
      { kind: 'crew_changed', text: `【复电图】抢修班组有变：${(await status('P301')).zh}` },
    ])
    expect(got[0]!.text).toContain('正在安排抢修班组')
    expect(await send()).toEqual([])
  })

  it('is no news where nobody was told of it, and its setting out is none any more', async () => {
    const id = await outAtT3()
    await send()
    const assignment = await offer(id)
    await crew(assignment, 'accept', 'depart', 'withdraw')
    expect(await send()).toEqual([])
    expect((await rows('P301')).map(({ state }) => state)).toEqual(['superseded', 'superseded', 'sent'])
  })
})

describe('another estimate', () => {
  it('in place of one that ran out says so, in both languages', async () => {
    const id = await outAtT3()
    await estimate(id, 30)
    await send()
    at.clock.now = minute(31)
    await at.sql("update service_point set language = 'en' where id = 'P302'")
    await refreshEstimates(at.deps)
    arrived = []
    const [got] = await send()
    await at.sql("update service_point set language = null where id = 'P302'")
    expect(got!.text).toBe(`【复电图】抢修比原预计的久，原定复电时间已过：${(await status('P301')).zh}`)
    expect(arrived.find(({ language }) => language === 'en')!.text).toContain(
      'the repair is taking longer than expected and the time that we gave has passed',
    )
  })

  it('is worded by what the customer really heard, not by what was owed in between', async () => {
    const id = await outAtT3()
    await estimate(id, 60)
    await send()
    await estimate(id, 120)
    await estimate(id, 40)
    const got = await send()
    expect(got.map(({ text }) => text)).toEqual([`【复电图】复电时间提前：${(await status('P301')).zh}`])
  })
})

describe('of planned work', () => {
  /** Told of, begun, late and over by now; what came after the first message waits. */
  async function overLate(): Promise<void> {
    const { announce, watchAt, step: plannedStep } = drive(at)
    const { id } = await announce(['FA'], ahead, ahead + 4)
    await watchAt(hours(ahead - 24))
    await send()
    for (const hour of [0, 4.5]) await watchAt(hours(ahead + hour))
    at.clock.now = hours(ahead + 5)
    expect((await plannedStep(id, 'end')).status).toBe(200)
  }

  it('that it takes longer is not sent once it is over', async () => {
    await overLate()
    expect((await send()).map(({ kind }) => kind)).toEqual(['planned_over'])
    expect((await rows('P301'))[1]).toMatchObject({
      state: 'superseded',
      reason: 'the planned work is over, or will not be as this says',
    })
  })

  it('that it is over is not sent to whoever is out again', async () => {
    await overLate()
    const id = await call('A301')
    await step(id, 'confirm', { equipment_id: 'T3' })
    expect((await send()).map(({ kind }) => kind)).toEqual(['outage_known'])
  })
})
