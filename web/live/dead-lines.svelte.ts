// The lines without supply, as the server traces them: asked for when an incident above the transformers has changed.
import type { DeadLines as Answer } from '../../server/contract/dead-lines.ts'
import { ask } from './ask.ts'
import { isOpen, type Picture } from './picture.ts'

export type DeadLine = Answer['items'][number]

/** A storm changes them many times a second; nobody sees a line die sooner. */
const rest_ms = 3000
const above = new Set<string>(['breaker', 'recloser', 'switch', 'fuse', 'line'])

/** What the lines follow from: another text asks for them anew. Pure. */
export const deadKeyOf = ({ incidents }: Picture) =>
  [...incidents.values()]
    .filter((each) => isOpen(each) && each.status !== 'restored' && above.has(each.equipment.kind))
    .map(({ id, version }) => `${id}:${version}`)
    .sort()
    .join(' ')

export class DeadLines {
  lines = $state.raw<readonly DeadLine[]>([])
  #key = ''
  #waiting: ReturnType<typeof setTimeout> | undefined

  /** Called with each new picture; null, of a moment that has passed, shows none: how it was switched then is not known. */
  follow(picture: Picture | null, token: string) {
    const key = picture ? deadKeyOf(picture) : ''
    if (key === this.#key) return
    const first = this.#key === ''
    this.#key = key
    if (key === '') {
      clearTimeout(this.#waiting)
      this.#waiting = undefined
      this.lines = []
      return
    }
    this.#waiting ??= setTimeout(() => void this.#read(token), first ? 0 : rest_ms)
  }

  async #read(token: string) {
    this.#waiting = undefined
    const asked = this.#key
    const answered = await ask<Answer>(token, '/api/dead-lines')
    if (this.#key === '') return
    if ('answer' in answered) this.lines = answered.answer.items
    // Away, or overtaken by what happened meanwhile.
    if (!('answer' in answered) || asked !== this.#key)
      this.#waiting ??= setTimeout(() => void this.#read(token), rest_ms)
  }

  close() {
    clearTimeout(this.#waiting)
  }
}
