// What the desk says where it writes a crew's step down for it.
import { words } from './words.ts'

export const nextStepText = words(
  {
    record: (step: string) => `代记“${step}”`,
    at: '班组报的时间',
    supply: '供电',
    restored: '已全部复电',
    out: '还没有复电',
    cause: '原因',
  },
  {
    record: (step) => `Record “${step}”`,
    at: 'Time that the crew gave',
    supply: 'Supply',
    restored: 'All restored',
    out: 'Not back yet',
    cause: 'Cause',
  },
)
