// The pages of a request that need no JavaScript: making one, and following it.
import type { RequestView } from '../contract/requests.ts'
import type { Language } from '../contract/shapes.ts'
import { escape, layOut } from '../customers/index.ts'
import { clockIn } from '../status/index.ts'

const zh = {
  title: '投诉、咨询与建议',
  kind: '类别',
  kinds: { complaint: '投诉', question: '咨询', other: '其他' },
  text: '内容',
  accountNo: '户号（可不填，填写后由您的客户经理答复）',
  phone: '手机号（可不填）',
  send: '提交',
  faulty: '请填写内容；手机号只含数字。',
  unknown: '没有这个请求，请检查链接。',
  owner: '负责人',
  due: '答复期限',
  explained: '延期说明',
  answered: '答复',
  waiting: '正在处理。',
}
const en: typeof zh = {
  title: 'Complaints, questions and suggestions',
  kind: 'Kind',
  kinds: { complaint: 'Complaint', question: 'Question', other: 'Other' },
  text: 'What it is about',
  accountNo: 'Account number (optional: your own manager then answers)',
  phone: 'Phone (optional)',
  send: 'Send',
  faulty: 'Please say what it is about; a phone has digits only.',
  unknown: 'There is no such request: please check the link.',
  owner: 'Answerable',
  due: 'To be answered by',
  explained: 'Why it takes longer',
  answered: 'Answer',
  waiting: 'We are working on it.',
}
const words = { zh, en }

export function requestFormPage(fault: 'faulty' | null, language: Language): string {
  const say = words[language]
  const kinds = Object.entries(say.kinds)
    .map(([value, label]) => `<option value="${value}">${escape(label)}</option>`)
    .join('')
  const body = `${fault ? `<p role="alert">${escape(say[fault])}</p>` : ''}
<form method="post" action="/api/public/request-form?lang=${language}">
<label for="kind">${escape(say.kind)}</label><select id="kind" name="kind">${kinds}</select>
<label for="text">${escape(say.text)}</label><textarea id="text" name="text" rows="4" maxlength="2000" required></textarea>
<label for="account_no">${escape(say.accountNo)}</label><input id="account_no" name="account_no" maxlength="64" autocomplete="off">
<label for="phone">${escape(say.phone)}</label><input id="phone" name="phone" type="tel" maxlength="20" autocomplete="tel">
<button>${escape(say.send)}</button>
</form>`
  return layOut({ title: say.title, language, body })
}

export function followRequestPage(
  request: RequestView | null,
  clock: { timezone: string; language: Language; now: Date },
): string {
  const { timezone, language, now } = clock
  const say = words[language]
  if (!request) return layOut({ title: say.title, language, body: `<p>${escape(say.unknown)}</p>` })
  const instant = (text: string) => clockIn(new Date(text), timezone, now)[language]
  const explanations = request.steps.filter((each) => each.step === 'explained')
  const body = `<p>${escape(say.kinds[request.kind])}: ${escape(request.text)}</p>
<p>${escape(say.owner)}: <strong>${escape(request.first_owner ?? request.owner)}</strong></p>
${request.answer === null ? `<p role="status">${escape(say.waiting)} ${escape(say.due)} ${escape(instant(request.due_at))}</p>` : ''}
${explanations.map((each) => `<p>${escape(say.explained)} (${escape(instant(each.at))}): ${escape(each.note ?? '')}</p>`).join('\n')}
${request.answer === null ? '' : `<h2>${escape(say.answered)}</h2><p role="status">${escape(request.answer)}</p>`}`
  return layOut({ title: say.title, language, body })
}
