// What a caller is told where a verdict has words of its own, in Chinese and in English. What is so for the place is the
// status room's to say.
import type { SetAsideInput } from '../contract/reports.ts'
import type { Says } from '../contract/shapes.ts'

export function verifyFirst(): Says {
  return {
    zh: '您的电表显示目前有电，请检查家中总开关和漏电保护器是否跳闸；仍然没电时，请再次报修或拨打95598。',
    en: 'Your meter says it has supply: please check your main switch and residual-current device. If you are still without supply, report it again, or ring 95598.',
  }
}

/** How files say that the customers answer for it themselves: nobody is told to call himself. */
const themselves = ['用户', '客户', '本人', 'customer']

const firm = (responsible: string | null) =>
  responsible && !themselves.includes(responsible)
    ? { zh: `请联系${responsible}`, en: `please call ${responsible}` }
    : { zh: '请联系有资质的电工或申请有偿服务', en: 'please call a qualified electrician, or ask us for paid service' }

/** `name`: null where the caller is not told which. */
export function customerTransformer(name: string | null, responsible: string | null): Says {
  const { zh, en } = firm(responsible)
  return {
    zh: `您由用户专用变压器${name ?? ''}供电，该设备由产权单位维护；${zh}，同一台区的其他用户我们会一并告知。`,
    en: `You are supplied through ${name === null ? 'a customer-owned transformer' : `the customer-owned transformer ${name}`}, which its owner maintains; ${en}. Everyone behind it is told the same.`,
  }
}

export function customerBoundary(boundary: 'pole' | 'station', responsible: string | null): Says {
  const { zh, en } = firm(responsible)
  const place = boundary === 'pole' ? { zh: '电杆接户处', en: 'the pole' } : { zh: '开关站', en: 'the station' }
  return {
    zh: `周边没有其他用户报修停电，产权分界在${place.zh}，之后的线路属于您的资产；${zh}。`,
    en: `None of your neighbours has reported an outage, and your own plant begins at ${place.en}; ${en}.`,
  }
}

export function partOfTheHouse(responsible: string | null): Says {
  const { zh, en } = firm(responsible)
  return {
    zh: `家中只有部分停电，周边没有其他用户报修，多为户内线路或漏电保护器问题：请先试合漏电保护器；仍不能恢复时，${zh}。`,
    en: `Only part of your house is out and none of your neighbours has reported an outage, so it is most likely your own wiring: try the residual-current device first; if that does not help, ${en}.`,
  }
}

export function newIncident(place: Says, critical: boolean): Says {
  const { zh, en } = taken(critical)
  return {
    zh: `${zh}正在核实${place.zh}的停电并安排抢修班组，进展可在报修链接上查看，或拨打95598。`,
    en: `${en}we are looking into the loss of supply at ${place.en} and finding a crew. Follow it by your report's link, or ring 95598.`,
  }
}

/** The same once it is known what is so for this caller. */
export function newlyOut(status: Says, critical: boolean): Says {
  const { zh, en } = taken(critical)
  return { zh: zh + status.zh, en: en + status.en }
}

function taken(critical: boolean): Says {
  return {
    zh: `已受理${critical ? '，您是重要用户，将优先处理' : ''}：`,
    en: `Taken${critical ? '; you are a priority customer and come first' : ''}: `,
  }
}

/** `found` places, of which the caller is asked about `offered`; `canCall`: they left a number. */
export function unlocated(looked: string[], found: number, offered: number, canCall: boolean): Says {
  if (offered > 0)
    return {
      zh: `已受理，还差一步：找到${offered}处可能的用电地址，请确认${offered === 1 ? '是不是这里' : '是哪一处'}；不是时，请填写更完整的地址。`,
      en: `Taken, with one step left: we found ${offered === 1 ? 'a place that it may be; please say whether it is' : `${offered} places that it may be; please say which`}, or give a fuller address.`,
    }
  if (found > 0 && !looked.every((what) => what === 'address'))
    return {
      zh: `已受理，但有${found}处可能的用电地址，还不能确定是哪一处；${contact.zh(canCall)}`,
      en: `Taken, but there are ${found} places that it may be; ${contact.en(canCall)}`,
    }
  if (found > 0)
    return {
      zh: `已受理，但符合的地方太多，还不能确定是哪一处；请填写户号，或到门牌的完整地址，例如“某某街道（村）某某路12号之1”。${otherwise.zh(canCall)}`,
      en: `Taken, but too many places are like that to tell which; please give the account number, or the whole address down to the number, such as “12 Station Road, East Village, flat 3”. ${otherwise.en(canCall)}`,
    }
  return {
    zh: `已受理，但按您提供的${looked.includes('location') ? '位置' : '信息'}没有找到用电地址；${contact.zh(canCall)}`,
    en: `Taken, but nothing of ours is supplied where you say; ${contact.en(canCall)}`,
  }
}

/** Nobody is promised a call whose number nobody has. */
const contact = {
  zh: (canCall: boolean) =>
    canCall
      ? '客服会按您留下的号码联系您；也可以填写户号或更完整的地址。'
      : '请重新填写户号或更完整的地址，或拨打95598。',
  en: (canCall: boolean) =>
    canCall
      ? 'we will ring the number that you left; an account number or a fuller address would help.'
      : 'please give the account number or a fuller address, or ring 95598.',
}
const otherwise = {
  zh: (canCall: boolean) => (canCall ? '客服也会按您留下的号码联系您。' : '也可以拨打95598。'),
  en: (canCall: boolean) => (canCall ? 'We will ring the number that you left, too.' : 'You can also ring 95598.'),
}

/** To the caller of a report that has no place and is worked on no more. */
export function setAside(reason: SetAsideInput['reason']): Says {
  return {
    unreachable: {
      zh: '没有找到您说的地点，也没有联系上您；补充地点后继续处理。',
      en: 'We found no such place and could not reach you; say where it is, and we go on.',
    },
    elsewhere: {
      zh: '您说的地点不由我们供电，请联系当地供电企业；如果地点有误，请重新填写。',
      en: 'That place is not supplied by us; please turn to the utility there, or say where it is if we misunderstood.',
    },
    no_trouble: {
      zh: '这条来电没有作为停电报修处理；如果仍然没有电，请填写地点。',
      en: 'This call was not taken for an outage; if you are without supply, please say where.',
    },
  }[reason]
}

export function hazard(): Says {
  return {
    zh: '请远离现场至少8米，不要触碰任何电线；我们立即派人处置。如有火情或人员触电请拨打119或120。',
    en: 'Stay at least 8 metres away and touch no wire; we are sending people at once. For fire or an injured person call 119 or 120.',
  }
}
