// The one plain sentence that a caller is told, in Chinese and in English.
import type { Says } from '../contract/shapes.ts'

/** `7月1日 08:30` and `1 Jul, 08:30`, in the network's own time. */
export function clockIn(at: Date, timezone: string): { zh: string; en: string } {
  const options = {
    timeZone: timezone,
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  } as const
  return {
    zh: new Intl.DateTimeFormat('zh-CN', options).format(at),
    en: new Intl.DateTimeFormat('en-GB', options).format(at),
  }
}

export function nonpayment(): Says {
  return {
    zh: '该户因欠费已停电,缴清电费后系统会自动发起复电,一般24小时内恢复;可在网上国网、营业厅或代收点缴费。',
    en: 'This account was disconnected for non-payment; once it is paid, reconnection starts by itself and usually takes less than 24 hours.',
  }
}

export function plannedOutage(startsAt: Date, endsAt: Date, reason: string | null, timezone: string): Says {
  const [starts, ends] = [clockIn(startsAt, timezone), clockIn(endsAt, timezone)]
  return {
    zh: `您处正在计划停电${reason ? `(${reason})` : ''},${starts.zh}开始,预计${ends.zh}恢复供电。`,
    en: `There is planned work on your supply${reason ? ` (${reason})` : ''} since ${starts.en}; supply is expected back at ${ends.en}.`,
  }
}

export function plannedOverrun(endsAt: Date, reason: string | null, timezone: string): Says {
  const ends = clockIn(endsAt, timezone)
  return {
    zh: `计划停电${reason ? `(${reason})` : ''}原定${ends.zh}结束,现已超时,我们正在核实新的复电时间并会通知您。`,
    en: `The planned work on your supply${reason ? ` (${reason})` : ''} was to end at ${ends.en} and has overrun; we are finding out the new time and will tell you.`,
  }
}

type Known = {
  incident_status: string | null
  estimate_at: Date | null
  crew_status: 'accepted' | 'en_route' | 'on_site' | null
}

const crewSays = {
  accepted: { zh: '抢修班组已接单', en: 'a crew has taken the job' },
  en_route: { zh: '抢修班组正在赶往现场', en: 'a crew is on its way' },
  on_site: { zh: '抢修班组已在现场', en: 'a crew is at work on site' },
}

export function knownIncident(facts: Known, timezone: string): Says {
  const crew = facts.crew_status ? crewSays[facts.crew_status] : { zh: '正在安排抢修班组', en: 'a crew is being found' }
  const back = facts.estimate_at ? clockIn(facts.estimate_at, timezone) : null
  const sure =
    facts.incident_status === 'suspected'
      ? { zh: '可能与您处的停电有关', en: 'that probably explains yours' }
      : { zh: '影响到您处', en: 'that affects you' }
  return {
    zh: `我们已知悉一起停电,${sure.zh};${crew.zh},${back ? `预计${back.zh}复电` : '复电时间确定后会通知您'}。`,
    en: `We know of a loss of supply ${sure.en}; ${crew.en}, and ${back ? `supply is expected back at ${back.en}` : 'we will tell you as soon as we know when supply is back'}.`,
  }
}

export function verifyFirst(): Says {
  return {
    zh: '您的电表显示目前有电,请检查家中总开关和漏电保护器是否跳闸;我们同时会远程检测电表。',
    en: 'Your meter says it has supply: please check your main switch and residual-current device; we are testing the meter from here meanwhile.',
  }
}

const firm = (responsible: string | null) =>
  responsible
    ? { zh: `请联系${responsible}`, en: `please call ${responsible}` }
    : { zh: '请联系有资质的电工或申请有偿服务', en: 'please call a qualified electrician, or ask us for paid service' }

export function customerTransformer(name: string, responsible: string | null): Says {
  const { zh, en } = firm(responsible)
  return {
    zh: `您由用户专用变压器${name}供电,该设备由产权单位维护;${zh},同一台区的其他用户我们会一并告知。`,
    en: `You are supplied through the customer-owned transformer ${name}, which its owner maintains; ${en}. Everyone behind it is told the same.`,
  }
}

export function customerBoundary(boundary: 'pole' | 'station', responsible: string | null): Says {
  const { zh, en } = firm(responsible)
  const place = boundary === 'pole' ? { zh: '电杆接户处', en: 'the pole' } : { zh: '开关站', en: 'the station' }
  return {
    zh: `周边用户供电正常,产权分界在${place.zh},之后的线路属于您的资产;${zh}。`,
    en: `Your neighbours have supply, and your own plant begins at ${place.en}; ${en}.`,
  }
}

export function partOfTheHouse(responsible: string | null): Says {
  const { zh, en } = firm(responsible)
  return {
    zh: `家中只有部分停电,周边用户供电正常,多为户内线路或漏电保护器问题:请先试合漏电保护器;仍不能恢复时,${zh}。`,
    en: `Only part of your house is out and your neighbours have supply, so it is most likely your own wiring: try the residual-current device first; if that does not help, ${en}.`,
  }
}

export function newIncident(place: string, critical: boolean): Says {
  return {
    zh: `已受理:正在核实${place}的停电并安排抢修班组${critical ? ',您是重要用户,将优先处理' : ''},进展会及时通知您。`,
    en: `Taken: we are looking into the loss of supply at ${place} and finding a crew${critical ? '; you are a priority customer and come first' : ''}. We will keep you told.`,
  }
}

export function unlocated(looked: string[], candidates: number): Says {
  if (candidates > 0)
    return {
      zh: `我们找到${candidates}个可能的用电地址,请确认是哪一个。`,
      en: `We found ${candidates} places that it may be: please say which.`,
    }
  return {
    zh: `已受理,但按您提供的${looked.includes('location') ? '位置' : '信息'}没有找到用电地址;客服会联系您确认,请提供户号或更详细的地址。`,
    en: `Taken, but nothing of ours is supplied where you say; we will come back to you. An account number or a fuller address would help.`,
  }
}

export function hazard(): Says {
  return {
    zh: '请远离现场至少8米,不要触碰任何电线;我们立即派人处置。如有火情或人员触电请拨打119或120。',
    en: 'Stay at least 8 metres away and touch no wire; we are sending people at once. For fire or an injured person call 119 or 120.',
  }
}
