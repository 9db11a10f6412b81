// A dictionary of two languages of one shape: a key missing from the English side is a type error.
import { language } from './language.svelte.ts'

type Words = { [key: string]: string | ((...values: never[]) => string) | Words }

/** Returns a function that gives the words in the language of the moment; call it inside markup or `$derived`. */
export function words<T extends Words>(zh: T, en: NoInfer<T>): () => T {
  return () => (language.current === 'zh' ? zh : en)
}

/** English words that follow a number: 1 crew, 2 crews. */
export const counted = (count: string, one: string, many = `${one}s`) => `${count} ${count === '1' ? one : many}`
