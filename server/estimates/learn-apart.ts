// Learns beside the service: trees take up to a minute of one core, and reports are answered meanwhile.
import { startThread } from '../database/index.ts'
import type { Model } from './model.ts'
import type { PastIncident } from './past-incident.ts'

/** The same as `learn`, in a thread of its own; a server that stops does not wait for it. */
export function learnApart(history: PastIncident[]): Promise<Model> {
  const thread = startThread(new URL('./learning-worker.ts', import.meta.url), history)
  thread.unref()
  return new Promise((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', (code) => reject(new Error(`learning ended with ${code} before it was done`)))
  })
}
