// The page behind the question whether supply is back: two buttons, then two questions. Plain HTML; a link that is merely opened,
// as messengers do to preview it, answers nothing.
import type { Language, Says } from '../contract/shapes.ts'
import { escape, layOut } from './layout.ts'
import { words } from './words.ts'

/** The two buttons. */
export function askBack(token: string, language: Language): string {
  const say = words[language]
  return `<form method="post" action="/back/${escape(token)}?lang=${language}"><p>${escape(say.backAsk)}</p>
<div class="pair"><button name="answer" value="back">${escape(say.backYes)}</button><button class="no" name="answer" value="still_out">${escape(say.backNo)}</button></div></form>`
}

export function backPage(
  page: { token: string; says: Says; asks: boolean; follow: string | null; survey: boolean },
  language: Language,
): string {
  const say = words[language]
  const follow = page.follow ? `<p><a href="${escape(page.follow)}?lang=${language}">${escape(say.follow)}</a></p>` : ''
  const body = `<p role="status"><strong>${escape(page.says[language])}</strong></p>${follow}
${page.asks ? askBack(page.token, language) : ''}${page.survey ? survey(page.token, language) : ''}`
  return layOut({ title: say.backTitle, language, body })
}

/** Two questions, five marks each, and room for a word. */
function survey(token: string, language: Language): string {
  const say = words[language]
  const marks = (name: string, legend: string) =>
    `<fieldset class="marks"><legend>${escape(legend)}</legend>${say.surveyMarks
      .map(
        (label, at) => `<label><input type="radio" name="${name}" value="${at + 1}" required> ${escape(label)}</label>`,
      )
      .join('')}</fieldset>`
  return `<h2>${escape(say.survey)}</h2><form method="post" action="/back/${escape(token)}/survey?lang=${language}">
${marks('speed', say.surveySpeed)}${marks('told', say.surveyTold)}
<label for="remark">${escape(say.surveyRemark)}</label><textarea id="remark" name="remark" rows="2" maxlength="1000"></textarea>
<button>${escape(say.send)}</button></form>`
}
