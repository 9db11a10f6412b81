import { expect, test } from 'vitest'
import { readReason } from '../../server/notifications/reason-words.ts'

test.each([
  ['the recipient is no phone number', 'no_phone', null],
  ['push service answered 410', 'push_gone', null],
  ['push service answered 500', 'push_refused', null],
  ['the message centre answered status 88', 'centre_refused', null],
  ['message centre: connect ECONNREFUSED 10.0.0.1:2775', 'centre_lost', 'connect ECONNREFUSED 10.0.0.1:2775'],
  ['Kannel answered 403: Authorization failed', 'gateway_refused', 'Authorization failed'],
  ['not delivered: EXPIRED', 'expired', null],
  ['not delivered: UNDELIV', 'undeliverable', 'UNDELIV'],
  ['errcode 93000: invalid webhook url', 'robot_refused', '93000: invalid webhook url'],
  ['answered 404', 'refused', null],
  ['fetch failed: connect ECONNREFUSED 127.0.0.1:9', 'unreachable', 'fetch failed: connect ECONNREFUSED 127.0.0.1:9'],
  ['Invalid login: 535 no', 'sign_in', 'Invalid login: 535 no'],
  ['Can’t send mail - all recipients were rejected: 550 no such user', 'mailbox', expect.stringContaining('550')],
  ['crew_on_way needs {crew}, which is not known', 'word_missing', null],
  ['refused by dispatcher', 'refused_by', null],
  ['they are out again', 'out_again', null],
  ['something nobody has seen yet', 'other', 'something nobody has seen yet'],
])('“%s” is read as %s, with the other side’s words kept', (reason, code, raw) => {
  const read = readReason(reason)
  expect([read.code, read.raw]).toEqual([code, raw])
  expect(read.says.zh).toMatch(/\p{Script=Han}/u)
  expect(read.says.en).not.toMatch(/\p{Script=Han}/u)
})

test('who gave up says after how many tries, then why', () => {
  expect(readReason('given up after 12 tries: the message centre did not answer')).toEqual({
    code: 'centre_silent',
    says: {
      zh: '试了 12 次后放弃：短信中心没有应答',
      en: 'Given up after 12 tries. The message centre does not answer',
    },
    raw: null,
  })
})
