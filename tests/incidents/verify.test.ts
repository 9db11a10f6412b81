// When a restoration counts as verified; times in minutes after it.
import { describe, expect, it } from 'vitest'
import { verifierOf, type Heard } from '../../server/incidents/verify.ts'

const morning = new Date('2026-07-01T02:00:00Z')
const minute = (minutes: number) => new Date(morning.getTime() + minutes * 60_000)

const heard = (what: Partial<Heard>): Heard => ({
  restored_at: morning,
  customers: 100,
  transformers: 4,
  back: 0,
  dark: 0,
  transformers_back: 0,
  still_out: false,
  ...what,
})

describe('a restoration is verified', () => {
  it('by three answers of people or meters with supply, heard from half of its transformers', () => {
    expect(verifierOf(heard({ back: 3, transformers_back: 2 }), minute(1))).toBe('answers')
    expect(verifierOf(heard({ back: 2, transformers_back: 2 }), minute(1))).toBeNull()
    expect(verifierOf(heard({ back: 30, transformers_back: 1 }), minute(1))).toBeNull()
  })
  it('by the only household that was out', () => {
    expect(verifierOf(heard({ customers: 1, transformers: 1, back: 1, transformers_back: 1 }), minute(1))).toBe(
      'answers',
    )
  })
  it('although one in five still says dark, but not against more', () => {
    expect(verifierOf(heard({ back: 4, dark: 1, transformers_back: 4 }), minute(1))).toBe('answers')
    expect(verifierOf(heard({ back: 3, dark: 1, transformers_back: 4 }), minute(1))).toBeNull()
  })
  it('by half an hour in which nobody said dark', () => {
    expect(verifierOf(heard({}), minute(29))).toBeNull()
    expect(verifierOf(heard({}), minute(30))).toBe('silence')
    expect(verifierOf(heard({ dark: 1 }), minute(300))).toBeNull()
  })
  it('never while an incident nested in it is open', () => {
    expect(verifierOf(heard({ back: 90, transformers_back: 4, still_out: true }), minute(60))).toBeNull()
  })
})
