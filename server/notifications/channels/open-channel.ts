// Opens a channel from what an administrator configured.
import { z } from 'zod'
import type { Answer, Channel, Receipt, Reply } from './channel.ts'
import { dingtalkSettings, openDingtalk } from './dingtalk.ts'
import { kannelSettings, openKannel } from './kannel.ts'
import { openPrint } from './print.ts'
import { openSmtp, smtpSettings } from './smtp.ts'
import { openSmpp, smppSettings } from './smpp.ts'
import { openWebPush, webPushSettings } from './web-push.ts'
import { openWebhook, webhookSettings } from './webhook.ts'
import { openWecom, wecomSettings } from './wecom.ts'

export const channelKinds = ['print', 'webhook', 'wecom', 'dingtalk', 'smtp', 'smpp', 'kannel', 'web_push'] as const
export type ChannelKind = (typeof channelKinds)[number]

/** A channel as configured; `settings` fit their kind. */
export type ChannelConfig = { channel: string; kind: ChannelKind; settings: unknown }

/** What channels need of the world. */
export type Surroundings = {
  now: () => Date
  write: (line: string) => void
  /** Settles once the receipt, or the reply, is kept: only then is it acknowledged. */
  onReceipt: (receipt: Receipt) => Promise<void>
  onReply: (reply: Reply) => Promise<Answer | null>
}

type Opener = { schema: z.ZodType; open: (settings: never, around: Surroundings, channel: string) => Channel }

const openers: Record<ChannelKind, Opener> = {
  print: { schema: z.object({}), open: (_, { write }) => openPrint(write) },
  webhook: { schema: webhookSettings, open: (settings, { now }) => openWebhook(settings, now) },
  wecom: { schema: wecomSettings, open: (settings) => openWecom(settings) },
  dingtalk: { schema: dingtalkSettings, open: (settings, { now }) => openDingtalk(settings, now) },
  smtp: { schema: smtpSettings, open: (settings) => openSmtp(settings) },
  smpp: { schema: smppSettings, open: (settings, around) => openSmpp(settings, around) },
  kannel: { schema: kannelSettings, open: (settings, _, channel) => openKannel(settings, channel) },
  web_push: { schema: webPushSettings, open: (settings) => openWebPush(settings) },
}

/** The settings' faults, none where they can be used. */
export function faultsOf(kind: ChannelKind, settings: unknown): { path: string; message: string }[] {
  const checked = openers[kind].schema.safeParse(settings)
  if (checked.success) return []
  return checked.error.issues.map((issue) => ({
    path: ['settings', ...issue.path].join('.'),
    message: issue.message,
  }))
}

/** Opens the channel; throws where its settings cannot be used. */
export function openChannel(config: ChannelConfig, around: Surroundings): Channel {
  const { schema, open } = openers[config.kind]
  // The schema of a kind gives what its opener takes: they stand side by side in `openers`.
  return open(schema.parse(config.settings) as never, around, config.channel)
}
