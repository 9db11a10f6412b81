// What the desk says about what crews found: photographs, findings, the one-visit list.
import { words } from './words.ts'

export const photographsText = words(
  {
    title: '现场照片',
    customer: '用户',
    of: (crew: string, time: string) => `${crew} ${time}`,
    findings: (what: string) => `现场情况：${what}`,
    damaged: (id: string) => `损坏设备 ${id}`,
    side: { ours: '供电侧', theirs: '用户侧' },
    supply: { restored: '已复电', partly: (count: string) => `${count} 个台区仍停电`, out: '仍未复电' },
    visit: {
      voltage_v: (volts: string) => `电压 ${volts} 伏`,
      meter: '电表已查',
      line: '线路已巡',
      contact: '联系方式已核对',
    },
    help: (reason: string, time: string) => `${time} 求援：${reason}`,
    answerHelp: '已口头答复',
    helpAnswered: '已答复求援',
  },
  {
    title: 'Photographs',
    customer: 'A customer',
    of: (crew, time) => `${crew} ${time}`,
    findings: (what) => `Found: ${what}`,
    damaged: (id) => `damaged: ${id}`,
    side: { ours: 'utility’s side', theirs: 'customer’s side' },
    supply: { restored: 'restored', partly: (count) => `${count} transformers still out`, out: 'still out' },
    visit: {
      voltage_v: (volts) => `${volts} V`,
      meter: 'meter checked',
      line: 'line patrolled',
      contact: 'contact checked',
    },
    help: (reason, time) => `Help asked at ${time}: ${reason}`,
    answerHelp: 'Answered by word',
    helpAnswered: 'Help answered',
  },
)
