// What is said of single messages: how far each has come, and by which channel it went.
import { words } from './words.ts'

export const sentText = words(
  {
    none: '还没有通知',
    state: {
      queued: '待发',
      sending: '正在发',
      sent: '已发',
      delivered: '已送达',
      dead: '失败',
      held: '待批准',
      superseded: '已被更新的代替',
    },
    channel: {
      print: '仅打印（演示）',
      sms: '短信',
      email: '邮件',
      web_push: '浏览器推送',
      wecom: '企业微信',
      dingtalk: '钉钉',
    } as Record<string, string>,
    tries: (count: string) => `试了 ${count} 次`,
    retry: '再发一次',
  },
  {
    none: 'No messages yet',
    state: {
      queued: 'queued',
      sending: 'sending',
      sent: 'sent',
      delivered: 'delivered',
      dead: 'failed',
      held: 'held for approval',
      superseded: 'replaced by a newer one',
    },
    channel: {
      print: 'printed only (demo)',
      sms: 'text message',
      email: 'e-mail',
      web_push: 'browser push',
      wecom: 'WeCom',
      dingtalk: 'DingTalk',
    },
    tries: (count) => `tried ${count} times`,
    retry: 'Send again',
  },
)
