// What the desk says of areas that keep failing or keep complaining.
import { words } from './words.ts'

export const troubleText = words(
  {
    open: '频繁停电',
    title: '频繁停电、反复投诉的台区',
    hint: '近一年停电 3 次以上或投诉 2 次以上；涉及月份多的在前。柱高为每月次数。',
    none: '近一年没有频繁停电或反复投诉的台区。',
    sum: (incidents: string, requests: string, months: string) =>
      `停电 ${incidents} 次 · 投诉 ${requests} 次 · ${months} 个月`,
    failed: '没有读到，请重试。',
  },
  {
    open: 'Recurring trouble',
    title: 'Areas that keep failing or complaining',
    hint: 'Three outages or two complaints within a year; those with trouble in the most months first. Bars: times a month.',
    none: 'No area kept failing or complaining within a year.',
    sum: (incidents, requests, months) => `${incidents} outages · ${requests} complaints · ${months} months`,
    failed: 'It could not be read: try again.',
  },
)
