// What is open at the desk stands in its address, so that a page loaded anew comes back to it, and a link leads to it.
import type { Opened } from './desk.svelte.ts'

const kinds = ['incident', 'report'] as const

export function openedInAddress(): Opened | null {
  const asked = new URLSearchParams(location.search)
  const kind = kinds.find((each) => asked.get(each))
  return kind ? { kind, id: asked.get(kind)! } : null
}

export function keepInAddress(opened: Opened | null): void {
  const url = new URL(location.href)
  for (const kind of kinds) url.searchParams.delete(kind)
  if (opened) url.searchParams.set(opened.kind, opened.id)
  if (url.href !== location.href) history.replaceState(null, '', url)
}
