// The only channel of an exercise, whatever is configured: what would have been sent is printed, and marked.
import type { Channel } from './channel.ts'
import { openPrint } from './print.ts'

export function openExercise(write: (line: string) => void): Channel {
  const print = openPrint(write)
  return { send: (message) => print.send({ ...message, text: `【演练 EXERCISE】${message.text}` }) }
}
