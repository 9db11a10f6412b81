import { describe, expect, it } from 'vitest'
import { findingsOf, lacksStillOut, type Found } from '../../web/crew/findings.ts'

const found: Found = {
  cause: 'equipment',
  side: null,
  supply: 'partly',
  stillOut: [],
  note: '',
  damaged: '',
  voltage: '',
  checked: [],
}

describe('what a crew found', () => {
  it('lacks who is still out where supply is partly back and no transformer is ticked, and in no other case', () => {
    expect(lacksStillOut(found)).toBe(true)
    expect(lacksStillOut({ ...found, stillOut: ['T3'] })).toBe(false)
    for (const supply of ['restored', 'out', null] as const) expect(lacksStillOut({ ...found, supply })).toBe(false)
  })

  it('names the transformers that were ticked only where supply is partly back', () => {
    const ticked = { ...found, stillOut: ['T3'] }
    expect(findingsOf(ticked)).toEqual({ cause: 'equipment', restored: true, still_out_transformer_ids: ['T3'] })
    expect(findingsOf({ ...ticked, supply: 'restored' })).toEqual({ cause: 'equipment', restored: true })
    expect(findingsOf({ ...ticked, supply: 'out' })).toEqual({ cause: 'equipment', restored: false })
  })
})
