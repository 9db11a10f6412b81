// What the desk says where a request is taken in by phone.
import { words } from './words.ts'

export const requestsText = words(
  {
    title: '登记诉求',
    kind: '类别',
    kinds: { complaint: '投诉', question: '咨询', other: '其他诉求' },
    text: '来电人的话',
    place: '地点',
    account: '户号',
    phone: '回复到手机',
    phoneHint: '答复时发短信到这个号码；不填则发到户号登记的手机。',
    email: '回复到邮箱（可不填）',
    send: '登记诉求',
    back: '返回',
    taken: '诉求已登记',
    list: '查看诉求',
  },
  {
    title: 'Take a request',
    kind: 'Kind',
    kinds: { complaint: 'Complaint', question: 'Question', other: 'Other request' },
    text: 'What the caller says',
    place: 'Place',
    account: 'Account',
    phone: 'Answer by SMS to',
    phoneHint: 'The answer is sent to this number; without one, to the phone that the account is known by.',
    email: 'Answer by e-mail to (optional)',
    send: 'Take the request',
    back: 'Back',
    taken: 'Request taken',
    list: 'See the requests',
  },
)
