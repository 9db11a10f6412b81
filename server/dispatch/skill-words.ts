// A crew's skills in words, Chinese and English; a skill that a utility has made up for itself is said as it is written.
import type { Says } from '../contract/shapes.ts'

const words: Record<string, Says> = {
  lv: { zh: '低压', en: 'low voltage' },
  mv: { zh: '中压', en: 'medium voltage' },
  cable: { zh: '电缆', en: 'cable' },
  live_line: { zh: '带电作业', en: 'live line' },
  generator: { zh: '发电车', en: 'generator' },
}

/** “缺少技能：中压”, “lacks medium voltage”. */
export function saysLacking(skills: string[]): Says {
  const said = skills.map((skill) => words[skill] ?? { zh: skill, en: skill })
  return {
    zh: `缺少技能：${said.map(({ zh }) => zh).join('、')}`,
    en: `lacks ${said.map(({ en }) => en).join(', ')}`,
  }
}
