// However a number is kept in the customer file and however its caller's is passed on, they are found to be the same.
import { expect, it } from 'vitest'
import { phoneForms } from '../../server/contract/phone.ts'

const mobile = [
  '13800138000',
  '138-0013-8000',
  '138 0013 8000',
  '+86 138 0013 8000',
  '+86 138-0013-8000',
  '+8613800138000',
  '+86 13800138000',
  '+86-13800138000',
  '8613800138000',
  '86 13800138000',
  '86-13800138000',
  '008613800138000',
  '013800138000',
]
const landlineOf4 = [
  '07503881234',
  '0750-3881234',
  '0750 3881234',
  '(0750)3881234',
  '+86 750 3881234',
  '+86-750-3881234',
  '+86 750-3881234',
  '+867503881234',
  '867503881234',
  '00867503881234',
  '86-750-3881234',
]
const landlineOf3 = [
  '02081234567',
  '020-81234567',
  '020 81234567',
  '+86 20 81234567',
  '+86-20-81234567',
  '862081234567',
]
const capital = ['01081234567', '010-81234567', '010 81234567', '+861081234567', '861081234567', '+86 10 81234567']
const ofEight = ['075538812345', '0755-38812345', '+86 755 38812345']

it.each([mobile, landlineOf4, landlineOf3, capital, ofEight])('knows %s by all of its spellings', (...spellings) => {
  for (const kept of spellings)
    for (const passed of spellings) expect(phoneForms(passed), `${passed} for ${kept}`).toContain(kept)
})

it('looks a number up in at most two dozen ways', () => {
  for (const number of [...mobile, ...landlineOf4, ...landlineOf3, ...capital, ...ofEight, '3881234', '95598', ' 张三'])
    expect(phoneForms(number).length).toBeLessThanOrEqual(24)
})

it('takes nobody else for its owner', () => {
  const isSame = (one: string, other: string) => phoneForms(one).some((form) => phoneForms(other).includes(form))
  expect(isSame('+852 12345678', '0852-12345678')).toBe(false)
  expect(isSame('3881234', '0750-3881234')).toBe(false)
  expect(isSame('0750-3881234', '0751-3881234')).toBe(false)
  expect(phoneForms('张三')).toEqual(['张三'])
})
