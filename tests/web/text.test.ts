import { counted } from '../../web/text/words.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { countdown, distance, duration, percent, relative, signed, wholeNumber } from '../../web/text/format.ts'
import { language, pickLanguage } from '../../web/text/language.svelte.ts'
import { customerText } from '../../web/text/customer.ts'
import { sharedText } from '../../web/text/shared.ts'
import { wallText } from '../../web/text/wall.ts'
import { readTyped } from '../../web/customer/report.ts'

afterEach(() => {
  language.current = 'zh'
})

describe('the words of the screens', () => {
  it('takes the language remembered, then the browser’s, then Chinese', () => {
    expect(pickLanguage('en', ['zh-CN'])).toBe('en')
    expect(pickLanguage(null, ['fr', 'en-GB', 'zh'])).toBe('en')
    expect(pickLanguage(null, ['zh-Hant-TW'])).toBe('zh')
    expect(pickLanguage('klingon', ['fr'])).toBe('zh')
  })

  it.each([sharedText, wallText, customerText])('has something to say for every key in both languages', (text) => {
    const leaves = (value: unknown): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value]
    language.current = 'zh'
    const zh = leaves(text())
    language.current = 'en'
    const en = leaves(text())
    expect(en.length).toBe(zh.length)
    // A unit that English leaves out ("8,671 customers out") may be empty; nothing else.
    expect(zh.filter((word) => word === '')).toEqual([])
    expect(en.filter((word) => word === '').length).toBeLessThanOrEqual(1)
  })

  it('says of a share that it is something as long as it is', () => {
    expect([0, 0.00001, 0.002, 0.0099, 0.04, 1].map(percent)).toEqual(['0%', '0.1%', '0.2%', '1%', '4%', '100%'])
  })

  it('says durations in at most two units, in both languages', () => {
    expect(duration(45)).toBe('45 秒')
    expect(duration(2 * 3600 + 5 * 60 + 30)).toBe('2 小时 5 分')
    expect(duration(-90)).toBe('1 分')
    language.current = 'en'
    expect(duration(2 * 3600 + 5 * 60)).toBe('2 h 5 min')
    expect(duration(86_400 * 3)).toBe('3 d')
  })

  it('counts down with fixed places, so that digits do not jump', () => {
    expect(countdown(62)).toBe('01:02')
    expect(countdown(3661)).toBe('1:01:01')
    expect(countdown(-5)).toBe('+00:05')
  })

  it('says numbers, ages and distances as people read them', () => {
    expect(wholeNumber(12345)).toBe('12,345')
    expect(signed(0)).toBe('0')
    expect(relative(0, 180_000)).toContain('3')
    expect(distance(3210)).toContain('3.2')
  })
})

describe('what a caller types', () => {
  it('is taken for a phone, an account or an address by its look, full-width digits too', () => {
    expect(readTyped('138 0013 8000')).toEqual({ phone: '13800138000' })
    expect(readTyped('０３４７８２７６１１４２')).toEqual({ account_no: '034782761142' })
    expect(readTyped('下山村竹排巷 8 号')).toEqual({ address: '下山村竹排巷 8 号' })
  })
})

describe('words of the screens', () => {
  it('says one of a thing in English as one', () => {
    expect([counted('1', 'crew'), counted('2', 'crew'), counted('0', 'crew')]).toEqual(['1 crew', '2 crews', '0 crews'])
  })
})
