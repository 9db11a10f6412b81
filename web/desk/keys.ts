// The desk's keys: single letters while nothing is being typed; the browser's own chords are left alone. Pure.

export type DeskKey =
  'search' | 'down' | 'up' | 'confirm' | 'offer' | 'restore' | 'close' | 'plan' | 'planned' | 'escape' | 'help'

const keys: Record<string, DeskKey> = {
  '/': 'search',
  j: 'down',
  k: 'up',
  c: 'confirm',
  o: 'offer',
  r: 'restore',
  x: 'close',
  p: 'plan',
  w: 'planned',
  Escape: 'escape',
  '?': 'help',
}

export type Pressed = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }

/** `typing`: the focus is in a field, where only Escape is ours. */
export function keyOf(pressed: Pressed, typing: boolean): DeskKey | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null
  const key = keys[pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key] ?? null
  return typing && key !== 'escape' ? null : key
}

export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)) &&
  !/^(checkbox|radio|button)$/.test((target as HTMLInputElement).type)
