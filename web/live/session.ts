// Who is signed in on this screen: a token from the address's fragment or from signing in, kept by the browser per screen.
import type { SignInAnswer } from '../../server/contract/access.ts'

export type Session = {
  token: string
  name: string | null
  role: string | null
  crew_id: string | null
  /** Null where nobody said: a token that was pasted, or came with the address. */
  expires_at: string | null
}
export type SignInOutcome = { session: Session } | { refusal: 'wrong' | 'unreachable' }

const keyOf = (screen: string) => `relight.session.${screen}`

/** `#token=…` wins and is taken out of the address, so that it is not shared with the next link. */
export function openSession(screen: string): Session | null {
  const fragment = new URLSearchParams(location.hash.slice(1))
  const token = fragment.get('token')
  if (token) {
    fragment.delete('token')
    const rest = fragment.toString()
    history.replaceState(null, '', location.pathname + location.search + (rest ? `#${rest}` : ''))
    return keepSession(screen, { token })
  }
  const kept = localStorage.getItem(keyOf(screen))
  return kept ? { ...nobodySaid, ...(JSON.parse(kept) as Session) } : null
}

const nobodySaid = { name: null, role: null, crew_id: null, expires_at: null }

export function keepSession(screen: string, known: Partial<Session> & { token: string }): Session {
  const session = { ...nobodySaid, ...known }
  localStorage.setItem(keyOf(screen), JSON.stringify(session))
  return session
}

export const endSession = (screen: string) => localStorage.removeItem(keyOf(screen))

export async function signIn(screen: string, name: string, secret: string): Promise<SignInOutcome> {
  try {
    const response = await fetch('/api/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, secret }),
    })
    if (response.status >= 500) return { refusal: 'unreachable' }
    if (!response.ok) return { refusal: 'wrong' }
    const answer = (await response.json()) as SignInAnswer
    const { token, role, crew_id, expires_at } = answer
    return { session: keepSession(screen, { token, name: answer.name, role, crew_id, expires_at }) }
  } catch {
    return { refusal: 'unreachable' }
  }
}
