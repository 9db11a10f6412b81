import { afterEach, expect, it } from 'vitest'
import { language } from '../../web/text/language.svelte.ts'
import { refusedWords } from '../../web/text/refused.ts'

afterEach(() => {
  language.current = 'zh'
})

const refused = { type: 'urn:relight:out_of_order', title: 'This step is out of order', status: 409 }

it('says the kind in the language of the screen, then the sentence that the server gave it in that language', () => {
  expect(refusedWords({ ...refused, detail: '停电事件 inc_1 已经核实过' })).toBe(
    '步骤顺序不对：停电事件 inc_1 已经核实过',
  )
  language.current = 'en'
  expect(refusedWords({ ...refused, detail: 'Incident inc_1 is verified already' })).toBe(
    'This step is out of order: Incident inc_1 is verified already',
  )
})

it('says of a server that does not answer that nothing was done, and of a kind that it does not know its own title', () => {
  expect(refusedWords({ type: '', title: '', detail: '', status: 0 })).toBe('服务器没有应答，没有执行。请再试一次')
  expect(refusedWords({ type: 'about:blank', title: 'Something broke', detail: '', status: 500 })).toBe(
    'Something broke',
  )
})
