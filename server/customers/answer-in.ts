// What a customer's own words answer to the question whether supply is back. Pure.
import type { BackAnswer } from './still-out.ts'

/** `courtesy`: thanks and nothing else. `rest`: there is more in it than the answer, for a person to read. */
export type Understood = { answer: BackAnswer | 'courtesy'; rest: boolean }

/** Traditional letters and those of Cantonese, as they are written here too. */
const plainOf: Record<string, string> = {
  ...{ 還: '还', 沒: '没', 來: '来', 電: '电', 復: '复', 無: '无', 現: '现', 謝: '谢', 裡: '里', 裏: '里', 們: '们' },
  ...{ 這: '这', 時: '时', 剛: '刚', 經: '经', 恢復: '恢复', 通電: '通电', 冇: '没', 仲: '还', 嘅: '的' },
}
const subject = '(?:我家|我们家|我们|我们这里|我们这|我这里|我这|家里|这里|这边|小区|楼里|整栋楼|我)?(?:的)?'
const untilNow = '(?:现在|目前|到现在|至今|刚才)?'
const ending = '(?:了|呢|啊|呀|吧|哦|的)?'
const notBackZh = new RegExp(
  `^${subject}${untilNow}${subject}(?:都|也)?(?:还是|依然|仍然|一直|还|仍|又|都)*(?:没有|没|未|无)(?:来电?|有?供?电|恢复(?:供电)?|通电|复电|供电)?${ending}$`,
)
const outZh = new RegExp(
  `^${subject}${untilNow}${subject}(?:还是|还在|仍在|一直|还|仍|又|正)*(?:停电|断电)(?:中|着)?${ending}$`,
)
const backZh = new RegExp(
  `^${subject}${untilNow}${subject}(?:已经|已|都|刚刚|刚|又)*(?:来电|有电|复电|通电|恢复(?:供电|正常|用电)?|正常|来)(?:了|啦)?$`,
)
const power = '(?:(?:the|my|our) )?(?:power|electricity|supply|light|lights)'
const notBackEn = new RegExp(
  `^(?:(?:no|sorry|we|i|it|there|is|are|have|has|it's|there's|we're|i'm|we've|got|yet|still|${power}) )*` +
    `(?:(?:no|without|not any) (?:power|electricity|supply|light|lights)|not (?:back|on|restored)|out|off|dark|still not|not yet|no)(?: (?:yet|still|here|at all|now))*$`,
)
const backEn = new RegExp(
  `^(?:yes|y|yep|yeah|ok|okay|back|restored|back on|all good|power|(?:yes )?(?:${power} is|${power}'s|${power}|it is|it's|we're|we are|i'm|all) (?:now )?(?:back|back on|on|restored)(?: now| again)?|(?:we |i |we've |i've )?(?:have|got|has) (?:power|electricity|light)(?: now| again| back)?)$`,
)
const courtesy =
  /谢谢你们|谢谢您|谢谢|多谢|感谢|辛苦了|您好|你好|收到|好的|\b(?:thank you very much|thank you|thanks|thx|hello|hi|please)\b/g

/** Full-width letters count as their plain ones. A question ("来电了吗？") answers nothing. Null where nothing is understood. */
export function answerIn(text: string): Understood | null {
  const clauses = [...text.normalize('NFKC').toLowerCase().replaceAll('’', "'")]
    .map((letter) => plainOf[letter] ?? letter)
    .join('')
    .split(/[\s]*[,，.。!！;；、~～"“”()\n]+[\s]*/)
  let answer: BackAnswer | null = null
  let [rest, polite] = [false, false]
  for (const clause of clauses) {
    const bare = clause.replace(courtesy, ' ').replace(/\s+/g, ' ').trim()
    polite ||= bare !== clause.trim()
    if (bare === '') continue
    const own = answerOf(bare)
    if (own === null) rest = true
    else if (answer !== null && answer !== own) return null
    else answer = own
  }
  // With more to it, "back" may be half of a complaint: "back, but dim".
  if (answer === 'back' && rest) return null
  if (answer !== null) return { answer, rest }
  return polite && !rest ? { answer: 'courtesy', rest } : null
}

function answerOf(clause: string): BackAnswer | null {
  const dense = clause.replace(/\s/g, '')
  if (clause === '0' || notBackZh.test(dense) || outZh.test(dense) || notBackEn.test(clause)) return 'still_out'
  return clause === '1' || backZh.test(dense) || backEn.test(clause) ? 'back' : null
}
