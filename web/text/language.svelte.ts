// Which language the screen speaks: what was chosen before, else what the browser asks for, else Chinese.
import type { Language, Says } from '../../server/contract/shapes.ts'

const key = 'relight.language'

/** The first of the wanted languages that the screens speak. */
export function pickLanguage(remembered: string | null, wanted: readonly string[]): Language {
  if (remembered === 'zh' || remembered === 'en') return remembered
  for (const tag of wanted) {
    if (/^zh\b/i.test(tag)) return 'zh'
    if (/^en\b/i.test(tag)) return 'en'
  }
  return 'zh'
}

class LanguageChoice {
  current = $state<Language>('zh')

  constructor() {
    if (typeof window === 'undefined') return
    const asked = new URLSearchParams(location.search).get('language')
    this.#set(pickLanguage(asked ?? localStorage.getItem(key), navigator.languages))
  }

  choose(language: Language) {
    localStorage.setItem(key, language)
    this.#set(language)
  }

  #set(language: Language) {
    this.current = language
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }
}

export const language = new LanguageChoice()

/** A sentence that the server says in both languages, in ours. */
export const said = (says: Says) => says[language.current]
