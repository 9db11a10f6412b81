import { expect, it } from 'vitest'
import { answerIn } from '../../server/customers/answer-in.ts'

const answers = (texts: string[]) => Object.fromEntries(texts.map((text) => [text, answerIn(text)?.answer ?? null]))
const all = (texts: string[], answer: string | null) => Object.fromEntries(texts.map((text) => [text, answer]))

it('hears “still out” as customers say it', () => {
  const texts = [
    ...[
      '0',
      '０',
      '0。',
      '0 谢谢',
      '０！',
      '没电',
      '没来电',
      '未来电',
      '还没来',
      '停电',
      '没有电',
      '没有来电',
      '还没来电',
    ],
    ...['还是没电', '仍未来电', '没有', '还没有', '还没', '我家还没来电', '家里还是没有电', '现在还是没电', '一直没电'],
    ...[
      '没来电，谢谢',
      '仍未恢复供电',
      '未复电',
      '还在停电',
      '又停电了',
      '没电了',
      '還沒來電',
      '仲未有電',
      '冇电',
      '我们这里还没有电。',
    ],
    ...[
      'no',
      'No power',
      'still no power',
      'Still out',
      'out',
      'not yet',
      'no electricity yet',
      'The power is still out',
    ],
    ...[
      'power is not back',
      'we still have no power',
      'It’s still off',
      'still without power, thanks',
      'no, not back yet',
    ],
  ]
  expect(answers(texts)).toEqual(all(texts, 'still_out'))
})

it('hears “it is back” as customers say it', () => {
  const texts = [
    ...[
      '1',
      '１',
      '1。',
      '1 谢谢',
      '有电',
      '有电了',
      '来电了',
      '来电',
      '已来电',
      '已经来电了',
      '已复电',
      '恢复了',
      '都来电了',
    ],
    ...['来电了，谢谢！', '家里有电了', '已恢复供电', '來電了', '来了', '现在有电了'],
    ...['yes', 'Back', 'ok', 'power is back', 'it’s back on', 'The power’s back', 'we have power now', 'Yes, thanks'],
  ]
  expect(answers(texts)).toEqual(all(texts, 'back'))
})

it('guesses at nothing else: questions, doubts and both at once are for a person', () => {
  const texts = [
    ...[
      '来电了吗',
      '来电了吗？',
      '什么时候来电',
      '没来电？',
      '有电吗',
      '来电了，但是只有一半',
      '来电了又停了',
      '不停电了',
    ],
    ...[
      '来电了，没来电',
      '10',
      '01',
      '100',
      '电压低',
      'TD',
      '退订',
      'no problem',
      'is it back?',
      'back at 5?',
      'not out',
      'no outage',
    ],
    ...['when will it be back', 'yes but the lights flicker', '你是谁', '', '？'],
  ]
  expect(answers(texts)).toEqual(all(texts, null))
})

it('keeps what stands beside the answer in mind, and takes thanks for thanks', () => {
  expect(answerIn('还没来电，老人在家需要吸氧')).toEqual({ answer: 'still_out', rest: true })
  expect(answerIn('0，什么时候来电')).toEqual({ answer: 'still_out', rest: true })
  expect(answerIn('还没来电')).toEqual({ answer: 'still_out', rest: false })
  expect(answers(['谢谢', '收到，谢谢！', 'Thank you!'])).toEqual(
    all(['谢谢', '收到，谢谢！', 'Thank you!'], 'courtesy'),
  )
})
