import { describe, expect, it } from 'vitest'
import { problemOf } from '../../server/app.ts'
import { Refusal } from '../../server/contract/refusal.ts'

const coded = (code: string) => Object.assign(new Error('select * from service_point'), { code })

describe('what a caller is told when something fails', () => {
  it('names a full disk, and a database that is away, as for now and nothing changed', () => {
    expect(problemOf(coded('53100'))).toMatchObject({ status: 503, detail: expect.stringContaining('disk is full') })
    for (const code of ['57P01', '08006', 'ECONNREFUSED'])
      expect(problemOf(coded(code))).toMatchObject({
        status: 503,
        detail: expect.stringContaining('nothing was changed'),
      })
  })

  it('says nothing of the insides of what broke', () => {
    const { status, detail } = problemOf(coded('42703'))
    expect(status).toBe(500)
    expect(detail).not.toContain('service_point')
  })

  it('gives a refusal its own status, words and fields', () => {
    const refused = problemOf(new Refusal('invalid', 'phone: digits', [{ path: 'phone', message: 'digits' }]))
    expect(refused).toMatchObject({
      status: 400,
      detail: 'phone: digits',
      errors: [{ path: 'phone', message: 'digits' }],
    })
  })
})
