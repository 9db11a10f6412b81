// E-mail by SMTP. The Message-ID is made from the message's key, so that a repeat can be told from a new one.
import nodemailer from 'nodemailer'
import { z } from 'zod'
import type { Channel, Outcome } from './channel.ts'

export const smtpSettings = z.object({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65535),
  secure: z.boolean().default(false),
  user: z.string().optional(),
  password: z.string().optional(),
  from: z.string().min(3),
})

const subjects = { zh: '停电通知', en: 'Power outage notice' } as const
const requestSubjects = { zh: '您的诉求', en: 'Your request' } as const

export function openSmtp(settings: z.infer<typeof smtpSettings>): Channel {
  const { host, port, secure, user, password, from } = settings
  const transport = nodemailer.createTransport({
    host,
    port,
    secure,
    pool: true,
    connectionTimeout: 10_000,
    socketTimeout: 20_000,
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
  })
  const domain = from.replace(/^.*@|>.*$/g, '') || 'relight.invalid'
  return {
    send: async (message) => {
      try {
        const info = await transport.sendMail({
          from,
          to: message.recipient,
          subject: (message.kind.startsWith('request_') ? requestSubjects : subjects)[message.language],
          text: message.text,
          messageId: `<${message.key}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { kind: 'sent', providerId: info.messageId }
      } catch (reason) {
        return outcomeOfFailure(reason as { responseCode?: number; message: string })
      }
    },
    close: () => Promise.resolve(transport.close()),
  }
}

/** 5xx is final (RFC 5321, 4.2.1); 4xx and a lost connection are not. */
function outcomeOfFailure({ responseCode, message }: { responseCode?: number; message: string }): Outcome {
  const final = responseCode !== undefined && responseCode >= 500
  return { kind: final ? 'refused' : 'retry', reason: message.slice(0, 300) }
}
