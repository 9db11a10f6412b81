// What desks say of each other: who else has something open, and who changed what since one looked.
import type { Refused } from '../live/ask.ts'
import { clockTime } from './format.ts'
import { incidentText } from './incident.ts'
import { refusedWords } from './refused.ts'
import { words } from './words.ts'

export const togetherText = words(
  {
    open: (names: string) => `${names} 也开着这一项`,
    doing: (name: string, form: string) => `${name} 正在填写“${form}”`,
    mark: (names: string) => `开着：${names}`,
    and: '、',
    changed: (changes: string) => `您看过之后：${changes}。没有执行，请再看一眼再决定。`,
    change: (time: string, actor: string, step: string) => `${time} ${actor} ${step}`,
    step: {
      extended: '延长',
      started: '开始停电',
      partly_ended: '部分送电',
      ended: '结束',
      joined: '合并',
      taken: '接下',
      handed_over: '移交',
      explained: '说明延期',
      answered: '答复',
      settings_set: '改了设置',
      settings_undone: '撤销了设置的改动',
    } as Record<string, string>,
  },
  {
    open: (names) => `${names} also has this open`,
    doing: (name, form) => `${name} is filling in “${form}”`,
    mark: (names) => `Open at: ${names}`,
    and: ', ',
    changed: (changes) => `Since you looked: ${changes}. Nothing was done; look again, then decide.`,
    change: (time, actor, step) => `${time} ${actor}: ${step}`,
    step: {
      extended: 'extended',
      started: 'started',
      partly_ended: 'partly ended',
      ended: 'ended',
      joined: 'joined',
      taken: 'taken',
      handed_over: 'handed over',
      explained: 'explained',
      answered: 'answered',
      settings_set: 'settings changed',
      settings_undone: 'a change of the settings undone',
    },
  },
)

/** A refusal in plain words; of a write that came too late also who changed what. */
export function refusedAtDesk(refused: Refused, timezone?: string): string {
  if (!refused.changes?.length) return refusedWords(refused)
  const t = togetherText()
  const steps = incidentText().step
  const told = refused.changes.map(({ at, actor, step }) =>
    t.change(clockTime(at, timezone), actor, steps[`incident ${step}`] ?? t.step[step] ?? step),
  )
  return t.changed(told.join(t.and))
}
