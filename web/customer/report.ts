// Sending a trouble call from the page: what was typed is taken for what it looks like, and a second tap does nothing twice.
import type { Problem } from '../../server/contract/shapes.ts'
import type { ReportAnswer, Symptom } from '../../server/contract/reports.ts'
import { language } from '../text/language.svelte.ts'

export type Place = { location: { lon: number; lat: number } } | { typed: string }
export type Outcome = { answer: ReportAnswer } | { problem: string | null }

/** A mobile number, an account number, else an address. Full-width digits count as digits. */
export function readTyped(typed: string): { phone: string } | { account_no: string } | { address: string } {
  const text = typed.normalize('NFKC').trim()
  const digits = text.replace(/[\s-]/g, '')
  if (/^(\+?86)?1[3-9]\d{9}$/.test(digits)) return { phone: digits }
  if (/^[A-Za-z]{0,4}\d{6,}$/.test(digits)) return { account_no: digits }
  return { address: text }
}

/** One try has one key, so that a repeated tap or a retry after a lost answer is the same report. */
export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')

const whereOf = (place: Place) => ('location' in place ? { location: place.location } : readTyped(place.typed))

export const sendReport = (place: Place, symptom: Symptom, key: string): Promise<Outcome> =>
  post('/api/reports', { channel: 'web', symptom, ...whereOf(place) }, key)

/** Gives the report that is followed at `follow` its place: one that was offered, or another. It stays the same report. */
export const placeReport = (follow: string, place: Place | { candidate: string }, key: string): Promise<Outcome> =>
  post(`/api${follow}/place`, 'candidate' in place ? place : whereOf(place), key)

async function post(path: string, body: object, key: string): Promise<Outcome> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language.current, 'idempotency-key': key },
      body: JSON.stringify(body),
    })
    if (response.ok) return { answer: (await response.json()) as ReportAnswer }
    const problem = (await response.json()) as Problem
    // A field's own message is shorter, and English only.
    const fault = language.current === 'en' ? problem.errors?.[0]?.message : undefined
    return { problem: fault ?? problem.detail ?? null }
  } catch {
    return { problem: null }
  }
}

export function locate(): Promise<{ lon: number; lat: number } | null> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: 12_000, maximumAge: 60_000 },
    )
  })
}
