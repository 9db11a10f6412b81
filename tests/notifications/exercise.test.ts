// The only channel of an exercise.
import { expect, it } from 'vitest'
import { openExercise } from '../../server/notifications/channels/exercise.ts'

it('prints every message of an exercise under its mark, the recipient masked', async () => {
  const lines: string[] = []
  const outcome = await openExercise((line) => lines.push(line)).send({
    id: 1,
    key: 'relight-1',
    matter: 'restored:inc_1',
    kind: 'restored',
    incidentId: 'inc_1',
    servicePointId: 'P1',
    recipient: '13900000001',
    language: 'zh',
    text: '【复电图】已恢复供电。',
    page: '/back/7.signature',
  })
  expect(outcome).toEqual({ kind: 'sent' })
  expect(lines).toEqual(['message to 139****0001 (restored): 【演练 EXERCISE】【复电图】已恢复供电。'])
})
