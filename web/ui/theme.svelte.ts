// Light or dark: what was chosen, else what the system prefers; remembered by the browser.

export type Theme = 'light' | 'dark'
const key = 'relight.theme'

class ThemeChoice {
  /** `auto` follows the system. */
  chosen = $state<Theme | 'auto'>('auto')
  #systemDark = $state(false)
  current = $derived<Theme>(this.chosen === 'auto' ? (this.#systemDark ? 'dark' : 'light') : this.chosen)

  constructor() {
    if (typeof window === 'undefined') return
    const query = window.matchMedia('(prefers-color-scheme: dark)')
    this.#systemDark = query.matches
    query.addEventListener('change', () => (this.#systemDark = query.matches))
    const kept = localStorage.getItem(key)
    if (kept === 'light' || kept === 'dark') this.choose(kept)
  }

  choose(theme: Theme | 'auto', remember = true) {
    this.chosen = theme
    if (theme === 'auto') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
    if (!remember) return
    if (theme === 'auto') localStorage.removeItem(key)
    else localStorage.setItem(key, theme)
  }
}

export const theme = new ThemeChoice()
