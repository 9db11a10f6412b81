// A feeder fails and comes back in two steps, for three customers on different branches: page, messages, the caller's answer and
// the public API say the same of each at every moment. Then one of them is still out after all.
//
//   S ─CB1─ LA ─ RA ─ FA          P105 behind T1, before the recloser RA; P201 (T2) and P301 (T3) behind it
//           T1   T2   T3
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncidentView } from '../../server/contract/incidents.ts'
import type { NotificationView } from '../../server/contract/notifications.ts'
import type { CustomerStatusView, PublicSummary } from '../../server/contract/public.ts'
import type { RequestView } from '../../server/contract/requests.ts'
import type { ReportAnswer } from '../../server/contract/reports.ts'
import { verifyRestorations } from '../../server/incidents/index.ts'
import { answerReply, type AnswerDeps } from '../../server/customers/index.ts'
import { signatureOf } from '../../server/notifications/channels/sign.ts'
import { submitReport } from '../../server/reports/index.ts'
import { receiveRequest } from '../../server/requests/index.ts'
import { statusOf } from '../../server/status/index.ts'
import { minute, openTestApp, type TestApp } from '../fixtures/app.ts'

let at: TestApp
let replying: AnswerDeps
const home = 'https://power.example'
beforeAll(async () => {
  at = await openTestApp()
  const { deps } = at
  replying = {
    ...{ database: at.database, now: deps.now },
    submit: (input, actor, known) => submitReport(deps, input, actor, known ?? null),
    keepWords: (input, actor) => receiveRequest(deps, input, actor),
  }
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.reset()
  await at.sql('truncate supply_answer, survey_answer, request, request_step')
  await at.sql('update notification_setting set public_url = $1', [home])
})

const three = ['P105', 'P201', 'P301']
const status = async (point: string) => (await statusOf(at.database, point, at.clock.now))!
/** The same as its customer asks for it; only so often, so that nobody guesses other people's accounts. */
const askStatus = async (point: string) =>
  (
    await at.call<CustomerStatusView>(
      'GET',
      `/api/customers/status?account_no=A${point.slice(1)}&phone_last4=0${point.slice(1)}`,
      undefined,
      'public',
    )
  ).body
const call = async (point: string) =>
  (await at.call<ReportAnswer>('POST', '/api/reports', { channel: 'hotline', account_no: `A${point.slice(1)}` })).body
const page = async (path: string) => (await at.call<string>('GET', `${path}?lang=zh`, undefined, 'public')).body
const post = (path: string, fields: Record<string, string>) =>
  at.app.request(`${path}?lang=zh`, { method: 'POST', body: new URLSearchParams(fields) })
const messages = async (point: string) =>
  (await at.call<{ items: NotificationView[] }>('GET', `/api/notifications?service_point_id=${point}`)).body.items
const step = (id: string, verb: string, body: object = {}) => at.call('POST', `/api/incidents/${id}/${verb}`, body)
const incident = async (id: string) => (await at.call<IncidentView>('GET', `/api/incidents/${id}`)).body
const publicSays = async (id: string) => {
  const { body } = await at.call<PublicSummary>('GET', '/api/public/summary', undefined, 'public')
  return body.incidents.find((each) => each.id === id)!.says.zh
}

/** What every channel says of each of the three; `told`: whether this moment has a message of its own. */
async function agreeing(follow: Record<string, string>, told: string[]): Promise<Record<string, string>> {
  const said: Record<string, string> = {}
  for (const point of three) {
    const { says, kind } = await askStatus(point)
    expect({ says, kind }).toEqual({ says: (await status(point)).says, kind: (await status(point)).kind })
    said[point] = kind
    if (follow[point]) expect(await page(follow[point])).toContain(says.zh)
    if (told.includes(point)) expect((await messages(point))[0]!.text).toContain(says.zh)
  }
  return said
}

/** The feeder's breaker has opened after a call from each; answers the incident and where the callers follow their reports. */
async function feederOut(): Promise<{ id: string; follow: Record<string, string> }> {
  const follow: Record<string, string> = {}
  let id = ''
  for (const point of three) {
    const { verdict, follow: link } = await call(point)
    follow[point] = link
    id ||= verdict.incident_id!
    expect(await page(link)).toContain(verdict.says.zh.replace('已受理：', ''))
  }
  expect((await step(id, 'confirm', { equipment_id: 'CB1' })).status).toBe(200)
  const others = await at.sql<{ id: string }>(
    "select id from incident where status not in ('cancelled', 'closed') and id <> $1",
    [id],
  )
  if (others.length > 0) await step(id, 'merge', { incident_ids: others.map((each) => each.id) })
  return { id, follow }
}

describe('all channels agree on three customers of one feeder', () => {
  it('from the first call to the verified end, in two steps of restoration', async () => {
    expect(await agreeing({}, [])).toEqual({
      P105: 'no_outage_known',
      P201: 'no_outage_known',
      P301: 'no_outage_known',
    })
    const { id, follow } = await feederOut()
    const out = { P105: 'confirmed', P201: 'confirmed', P301: 'confirmed' }
    expect(await agreeing(follow, three)).toEqual(out)
    for (const point of three) expect((await call(point)).verdict.says.zh).toBe((await status(point)).says.zh)

    at.clock.now = minute(10)
    const offered = await at.call<{ id: string }>('POST', `/api/incidents/${id}/assignments`, { crew_id: 'C1' })
    const crew = (verb: string) => at.call('POST', `/api/assignments/${offered.body.id}/${verb}`, {}, 'crew:C1')
    await crew('accept')
    expect(await agreeing(follow, [])).toEqual(out)
    await crew('depart')
    const onItsWay = { P105: 'crew_on_its_way', P201: 'crew_on_its_way', P301: 'crew_on_its_way' }
    expect(await agreeing(follow, three)).toEqual(onItsWay)
    expect((await status('P105')).says.zh.endsWith(await publicSays(id))).toBe(true)

    at.clock.now = minute(20)
    const estimate = { at: minute(120), low: minute(90), high: minute(150) }
    expect((await step(id, 'estimate', estimate)).status).toBe(200)
    await agreeing(follow, three)
    for (const point of three)
      expect((await call(point)).verdict.says.zh).toContain('预计12:00复电（11:30至12:30之间）')
    await crew('arrive')
    expect(await agreeing(follow, [])).toEqual({ P105: 'crew_on_site', P201: 'crew_on_site', P301: 'crew_on_site' })

    at.clock.now = minute(60)
    await step(id, 'restore', { equipment_ids: ['RA'], at: minute(55) })
    const half = { P105: 'crew_on_site', P201: 'restored_unverified', P301: 'restored_unverified' }
    expect(await agreeing(follow, ['P201', 'P301'])).toEqual(half)
    expect(await publicSays(id)).toMatch(/^部分用户已恢复供电/)

    at.clock.now = minute(80)
    await step(id, 'restore', { at: minute(75) })
    expect(await agreeing(follow, ['P105'])).toEqual({
      P105: 'restored_unverified',
      P201: 'restored_unverified',
      P301: 'restored_unverified',
    })
    expect((await status('P105')).says.zh.endsWith(await publicSays(id))).toBe(true)
    expect((await status('P201')).says.zh).toContain('应已于10:55恢复供电')

    at.clock.now = minute(120)
    await verifyRestorations(at.deps)
    expect(await agreeing(follow, [])).toEqual({ P105: 'restored', P201: 'restored', P301: 'restored' })
    expect(await publicSays(id)).toBe('已于11:15恢复供电。')
    expect((await status('P105')).says.zh.endsWith(await publicSays(id))).toBe(true)
  })
})

describe('“still out”', () => {
  /** Restored at minute 55; answers the link that P301 was sent. */
  async function restoredAgain(): Promise<{ id: string; link: string; follow: string }> {
    const { id, follow } = await feederOut()
    at.clock.now = minute(60)
    await step(id, 'restore', { at: minute(55) })
    const [newest] = await messages('P301')
    const link = new RegExp(`${home}(/back/[\\w.-]+)`).exec(newest!.text)![1]!
    at.clock.now = minute(65)
    return { id, link, follow: follow['P301']! }
  }
  const expectNested = async (id: string) => {
    const own = await status('P301')
    expect(own.kind).toBe('confirmed')
    const nested = await incident(own.incidentId!)
    expect(nested).toMatchObject({ parent_id: id, customers_out: 1 })
    expect(new Date(nested.started_at)).toEqual(minute(0))
    const rows = await at.sql(
      'select service_point_id, started_at, ended_at from interruption where incident_id = $1 or service_point_id = $2',
      [nested.id, 'P301'],
    )
    expect(rows).toEqual([{ service_point_id: 'P301', started_at: minute(0), ended_at: null }])
    const back = await at.sql<{ count: number }>(
      'select count(*)::integer as count from interruption where incident_id = $1 and ended_at = $2',
      [id, minute(55)],
    )
    expect(back[0]!.count).toBe(30)
  }

  it('by the link of the message reopens as nested, backdated, for this household only; opening the link does nothing', async () => {
    const { id, link } = await restoredAgain()
    expect(await page(link)).toContain('还没来电')
    expect((await status('P301')).kind).toBe('restored_unverified')
    const answer = await post(link, { answer: 'still_out' })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain((await status('P301')).says.zh)
    await expectNested(id)
    await post(link, { answer: 'still_out' })
    await expectNested(id)
    expect((await status('P201')).kind).toBe('restored_unverified')
  })

  it('on the page of the report that is followed does the same', async () => {
    const { id, follow } = await restoredAgain()
    expect(await page(follow)).toContain('还没来电')
    await post(follow.replace('/follow/', '/back/'), { answer: 'still_out' })
    await expectNested(id)
  })

  it('by a reply through a signed webhook does the same; an unsigned one is refused, another word is not guessed at', async () => {
    const { id } = await restoredAgain()
    const secret = 'a secret of sixteen letters'
    await at.sql(
      "insert into channel_config (channel, kind, settings) values ('gateway', 'webhook', $1) on conflict do nothing",
      [{ url: 'https://gateway.example/', secret }],
    )
    await at.sql("update notification set state = 'sent' where service_point_id = 'P301'")
    const reply = (text: string, key = secret) => {
      const body = JSON.stringify({ from: '+86 13900000301', text })
      const timestamp = String(at.clock.now.getTime() / 1000)
      return at.app.request('/api/replies/gateway', {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-relight-timestamp': timestamp,
          'x-relight-signature': signatureOf(key, timestamp, body),
        },
      })
    }
    expect((await reply('0', 'the wrong secret')).status).toBe(403)
    expect(await (await reply('你好')).json()).toMatchObject({ kind: 'courtesy' })
    expect(await (await reply('电表在响')).json()).toMatchObject({ kind: 'not_understood' })
    await reply('电表在响')
    expect((await status('P301')).kind).toBe('restored_unverified')
    expect(await (await reply('还没来电，老人在吸氧')).json()).toMatchObject({ kind: 'still_out' })
    await expectNested(id)
    const { body } = await at.call<{ items: RequestView[] }>('GET', '/api/requests')
    expect(body.items.map(({ text, kind, channel, account_no }) => ({ text, kind, channel, account_no }))).toEqual(
      ['电表在响', '还没来电，老人在吸氧'].map((text) => ({ text, kind: 'other', channel: 'sms', account_no: 'A301' })),
    )
  })

  it('in a reply that nobody asked for is a report of a customer, and nothing of a stranger', async () => {
    const [customer, stranger] = ['13900000301', '13911112222']
    expect(await answerReply(replying, { from: stranger, text: '没来电' })).toMatchObject({
      says: { zh: expect.stringContaining('没有就停电联系过这个号码') as string },
    })
    expect(await answerReply(replying, { from: stranger, text: '广告' })).toMatchObject({ language: 'zh' })
    expect(await at.sql('select from report union all select from request')).toEqual([])
    const { says, language } = (await answerReply(replying, { from: customer, text: 'Still no power' }))!
    expect(language).toBe('en')
    expect(says.en).toContain('Taken')
    expect(await at.sql('select channel, said from report')).toEqual([{ channel: 'sms', said: 'Still no power' }])
    expect(await answerReply(replying, { from: customer, text: '谢谢' })).toBeNull()
  })

  it('is not taken from a link that nobody was given', async () => {
    const { link } = await restoredAgain()
    const forged = link.replace(/.$/, (letter) => (letter === 'A' ? 'B' : 'A'))
    expect((await post(forged, { answer: 'still_out' })).status).toBe(404)
    expect((await post(link.replace('/back/', '/back/1'), { answer: 'still_out' })).status).toBe(404)
    expect((await status('P301')).kind).toBe('restored_unverified')
  })
})

describe('“it is back”', () => {
  it('from three who were asked verifies the restoration, and leads to two questions', async () => {
    const { id, follow } = await feederOut()
    at.clock.now = minute(60)
    await step(id, 'restore', { at: minute(55) })
    for (const point of three) {
      const answer = await post(follow[point]!.replace('/follow/', '/back/'), { answer: 'back' })
      expect(await answer.text()).toContain('两个问题')
    }
    await verifyRestorations(at.deps)
    expect((await incident(id)).verified_by).toBe('answers')
    expect((await status('P201')).kind).toBe('restored')
    const survey = `${follow['P201']!.replace('/follow/', '/back/')}/survey`
    expect((await post(survey, { speed: '4', told: '5', remark: '' })).status).toBe(200)
    expect((await post(survey, { speed: '9', told: '5' })).status).toBe(404)
    expect(await at.sql('select speed, told from survey_answer')).toEqual([{ speed: 4, told: 5 }])
  })
})
