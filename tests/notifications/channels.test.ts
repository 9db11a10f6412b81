// Each channel against a server of its own kind.
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import smpp, { type Pdu, type Server as SmppServer, type Session } from 'smpp'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import type { Message, Receipt, Reply } from '../../server/notifications/channels/channel.ts'
import { masked } from '../../server/notifications/channels/channel.ts'
import { dingtalkSign, openDingtalk } from '../../server/notifications/channels/dingtalk.ts'
import { faultsOf } from '../../server/notifications/channels/open-channel.ts'
import { openSmpp, receiptOf } from '../../server/notifications/channels/smpp.ts'
import { openSmtp } from '../../server/notifications/channels/smtp.ts'
import { openWebPush } from '../../server/notifications/channels/web-push.ts'
import { openWecom } from '../../server/notifications/channels/wecom.ts'

const message: Message = {
  id: 7,
  key: 'relight-7',
  matter: 'restored:inc_1',
  kind: 'restored',
  incidentId: 'inc_1',
  servicePointId: 'SP_1',
  recipient: '13900000001',
  language: 'zh',
  text: '【复电图】东一台区已恢复供电。',
  page: '/back/7.signature',
}

let closing: (() => void)[] = []
afterEach(() => {
  closing.forEach((close) => close())
  closing = []
})

async function robot(answer: object): Promise<{ url: string; asked: { url: string; body: unknown }[] }> {
  const asked: { url: string; body: unknown }[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      asked.push({ url: request.url!, body: JSON.parse(body) })
      response.end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send?key=k`, asked }
}

test('a WeChat Work robot takes text, and says by errcode whether to try again', async () => {
  const good = await robot({ errcode: 0, errmsg: 'ok' })
  expect(await openWecom({ url: good.url }).send(message)).toEqual({ kind: 'sent' })
  expect(good.asked[0]!.body).toEqual({ msgtype: 'text', text: { content: message.text } })
  const busy = await robot({ errcode: 45009, errmsg: 'api freq out of limit' })
  expect(await openWecom({ url: busy.url }).send(message)).toMatchObject({ kind: 'retry', after_s: 60 })
  const wrong = await robot({ errcode: 93000, errmsg: 'invalid webhook url' })
  expect(await openWecom({ url: wrong.url }).send(message)).toMatchObject({ kind: 'refused' })
})

test('a DingTalk robot is asked with the time and its signature', async () => {
  const { url, asked } = await robot({ errcode: 0, errmsg: 'ok' })
  const now = new Date('2026-07-01T06:00:00Z')
  expect(await openDingtalk({ url, secret: 'SECabc' }, () => now).send(message)).toEqual({ kind: 'sent' })
  const query = new URL(asked[0]!.url, url).searchParams
  const timestamp = String(now.getTime())
  expect([query.get('key'), query.get('timestamp')]).toEqual(['k', timestamp])
  const expected = createHmac('sha256', 'SECabc').update(`${timestamp}\nSECabc`).digest('base64')
  expect(query.get('sign')).toBe(expected)
  expect(dingtalkSign('SECabc', timestamp)).toBe(expected)
})

test('e-mail arrives with its text and a Message-ID that a repeat shares; a refused recipient is final', async () => {
  const mails: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (address, _session, done) =>
      done(
        address.address.startsWith('nobody') ? Object.assign(new Error('no such box'), { responseCode: 550 }) : null,
      ),
    onData: (stream, _session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        mails.push(Buffer.concat(parts).toString())
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  const { port } = server.server.address() as AddressInfo
  const channel = openSmtp({ host: '127.0.0.1', port, secure: false, from: 'Relight <relight@example.cn>' })
  expect(await channel.send({ ...message, recipient: 'a@example.cn' })).toMatchObject({ kind: 'sent' })
  expect(mails[0]).toContain('Message-ID: <relight-7@example.cn>')
  const body = mails[0]!.split('\r\n\r\n').slice(1).join('').replace(/\s/g, '')
  expect(Buffer.from(body, 'base64').toString().trim()).toBe(message.text)
  expect(await channel.send({ ...message, recipient: 'nobody@example.cn' })).toMatchObject({ kind: 'refused' })
  await channel.close!()
})

async function messageCentre(
  onSubmit: (pdu: Pdu & Record<string, unknown>, session: Session) => void,
  onBound: (session: Session) => void = () => {},
) {
  const server: SmppServer = smpp.createServer({}, (session) => {
    session.on('bind_transceiver', (pdu: Pdu) => {
      session.send(pdu.response())
      onBound(session)
    })
    session.on('submit_sm', (pdu: Pdu & Record<string, unknown>) => onSubmit(pdu, session))
    session.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return server.address().port
}

test('an SMS goes out in Chinese by SMPP, a full centre is tried again, a bad number is not', async () => {
  const sent: string[] = []
  const statuses = [0, 0x14, 0x0b]
  const port = await messageCentre((pdu, session) => {
    const { message: text } = pdu.short_message as { message: string }
    sent.push(text)
    session.send(pdu.response({ message_id: 'M1', command_status: statuses[sent.length - 1] }))
  })
  const receipts: Receipt[] = []
  const settings = { host: '127.0.0.1', port, system_id: 'relight', password: 'secret', from: '95598' }
  const channel = openSmpp(settings, {
    onReceipt: (receipt) => Promise.resolve(void receipts.push(receipt)),
    onReply: () => Promise.resolve(null),
  })
  expect(await channel.send(message)).toEqual({ kind: 'sent', providerId: 'M1' })
  expect(sent[0]).toBe(message.text)
  expect(await channel.send(message)).toMatchObject({ kind: 'retry' })
  expect(await channel.send(message)).toMatchObject({ kind: 'refused' })
  expect(await channel.send({ ...message, recipient: 'none' })).toMatchObject({ kind: 'refused' })
  await channel.close!()
})

test('what a customer sends back by SMPP is answered on the same line, in their language', async () => {
  let line: Session | null = null
  const answers: (Pdu & Record<string, unknown>)[] = []
  const port = await messageCentre(
    (pdu, session) => {
      session.send(pdu.response({ message_id: 'M1' }))
      answers.push(pdu)
    },
    (session) => (line = session),
  )
  const says = { zh: '已受理。', en: 'Taken.' }
  const heard: Reply[] = []
  const settings = { host: '127.0.0.1', port, system_id: 'relight', password: 'secret', from: '95598' }
  const channel = openSmpp(settings, {
    onReceipt: () => Promise.resolve(),
    onReply: (reply) => {
      heard.push(reply)
      return Promise.resolve({ says, language: 'zh' as const })
    },
  })
  await channel.listen!()
  const given = { source_addr: '13900000001', destination_addr: '95598', data_coding: 8, short_message: '还没来电' }
  await new Promise<void>((resolve) => line!.deliver_sm(given, () => resolve()))
  expect(heard).toEqual([{ from: '13900000001', text: '还没来电' }])
  await expect.poll(() => answers.length).toBe(1)
  const answer = answers[0]!
  expect([answer['destination_addr'], answer['source_addr'], answer.short_message!.message]).toEqual([
    ...['13900000001', '95598', says.zh],
  ])
  await channel.close!()
})

test('a receipt is read from its fields or from its text; one that is not final says nothing', () => {
  const text = (stat: string) => ({ message: `id:M1 sub:001 dlvrd:001 submit date:2607010600 stat:${stat} err:000` })
  expect(receiptOf({ esm_class: 4, short_message: text('DELIVRD') })).toEqual({
    providerId: 'M1',
    step: 'arrived',
    reason: null,
  })
  expect(receiptOf({ esm_class: 4, short_message: text('UNDELIV') })).toMatchObject({ step: 'failed' })
  expect(receiptOf({ esm_class: 4, short_message: text('ENROUTE') })).toBeNull()
  expect(receiptOf({ esm_class: 4, receipted_message_id: 'M2\0', message_state: 2 })).toMatchObject({
    providerId: 'M2',
    step: 'arrived',
  })
  expect(receiptOf({ esm_class: 0, short_message: text('DELIVRD') })).toBeNull()
})

test('a push to something that is no subscription is refused at once', async () => {
  const channel = openWebPush({
    subject: 'mailto:a@example.cn',
    public_key: 'x'.repeat(87),
    private_key: 'y'.repeat(43),
  })
  expect(await channel.send(message)).toMatchObject({ kind: 'refused' })
})

test('settings that do not fit a channel are refused, each fault with its path', () => {
  expect(faultsOf('webhook', { url: 'ftp://x', secret: 'short' }).map((each) => each.path)).toEqual([
    'settings.url',
    'settings.secret',
  ])
  expect(faultsOf('print', {})).toEqual([])
})

test('a recipient is shown without what tells who it is', () => {
  expect([masked('13900005073'), masked('zhang@example.cn'), masked('123')]).toEqual([
    '139****5073',
    'z***@example.cn',
    '****',
  ])
})
