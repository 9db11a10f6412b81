// Sending a trouble call from the page: what was typed is taken for what it looks like, and a second tap does nothing twice.
import type { Problem } from '../../server/contract/shapes.ts'
import type { ReportAnswer, Symptom } from '../../server/contract/reports.ts'

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

export async function sendReport(place: Place, symptom: Symptom, key: string): Promise<Outcome> {
  const where = 'location' in place ? { location: place.location } : readTyped(place.typed)
  try {
    const response = await fetch('/api/reports', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ channel: 'web', symptom, ...where }),
    })
    if (response.ok) return { answer: (await response.json()) as ReportAnswer }
    const problem = (await response.json()) as Problem
    return { problem: problem.errors?.[0]?.message ?? problem.detail ?? null }
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
