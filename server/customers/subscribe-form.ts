// The form of preferences and subscriptions, for browsers without JavaScript.
import type { OpenChannel } from '../contract/subscriptions.ts'
import type { Language } from '../contract/shapes.ts'
import { escape } from './layout.ts'
import { words } from './words.ts'

export function subscribeForm(channels: OpenChannel[], language: Language): string {
  const say = words[language]
  const field = (name: string, label: string, more: string) =>
    `<label for="${name}">${escape(label)}</label><input id="${name}" name="${name}" ${more}>`
  const mail = channels.some((each) => each.kind === 'smtp')
    ? field('email', say.email, 'type="email" maxlength="254" autocomplete="email"')
    : ''
  const tongue = (value: Language, label: string) =>
    `<option value="${value}"${value === language ? ' selected' : ''} lang="${value}">${label}</option>`
  return `<form method="post" action="/api/public/subscribe?lang=${language}">
<p>${escape(say.subscribeHint)}</p>
${field('account_no', say.accountNo, 'required maxlength="64" autocomplete="off"')}
${field('phone_last4', say.lastDigits, 'required pattern="[0-9]{4}" inputmode="numeric" maxlength="4" autocomplete="off"')}
${mail}
<label for="language">${escape(say.messageLanguage)}</label><select id="language" name="language">${tongue('zh', '中文')}${tongue('en', 'English')}</select>
<label class="check"><input type="checkbox" name="by_phone" checked> ${escape(say.byPhone)}</label>
<fieldset><legend>${escape(say.quiet)}</legend>${field('quiet_from', say.quietFrom, 'type="time"')}${field('quiet_to', say.quietTo, 'type="time"')}</fieldset>
<button>${escape(say.save)}</button>
</form>`
}
