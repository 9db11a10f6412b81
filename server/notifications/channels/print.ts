// The demo's channel: one line on standard output a message, its recipient masked.
import { masked, type Channel } from './channel.ts'

export function openPrint(write: (line: string) => void = console.log): Channel {
  return {
    send: (message) => {
      write(`message to ${masked(message.recipient)} (${message.kind}): ${message.text}`)
      return Promise.resolve({ kind: 'sent' })
    },
  }
}
