// Made-up people: names from common characters, phones in a range that nobody has (1990 and a running number), accounts
// and meters that have the right shape and nothing behind them.
import type { Random } from './random.ts'

const surnames = [...'陈李黄梁林张吴何谭伍余赵区周刘冯叶关司徒邓曾麦钟容罗郑蔡许杨胡莫甄温卢谢雷汤卓聂']
const givenFirst = [...'伟秀丽国志美建文玉嘉俊家慧敏晓明少金永德惠小淑海锦耀荣振启子雅思浩婉凯']
const givenSecond = [...'强芳英华娟军平杰燕辉红玲明珍峰霞勇梅琳雄彬欣仪健怡婷成超颖源波琪']

export const personName = (random: Random): string =>
  random.pick(surnames) + random.pick(givenFirst) + (random.chance(0.85) ? random.pick(givenSecond) : '')

const trades = [
  '便利店',
  '茶餐厅',
  '五金店',
  '药房',
  '理发店',
  '超市',
  '快餐店',
  '汽修店',
  '幼儿园',
  '酒家',
  '水果店',
  '服装厂',
  '卫生站',
  '打印店',
]

export const businessName = (random: Random, place: string): string =>
  `${place}${random.pick(surnames)}记${random.pick(trades)}`

/** `block` keeps customers (0 to 7), managers (8) and crews (9) apart. */
export const phoneOf = (owner: number, block = 0): string => `1990${String(block * 1_000_000 + owner).padStart(7, '0')}`

export type Owner = { name: string; phone: string }

/** Owners of the last accounts; one in sixteen accounts belongs to somebody who already has one. */
export function createOwners(random: Random): (isBusiness: boolean, place: string) => Owner {
  const recent: Owner[] = []
  // Enough that the second account is often behind another transformer, and no more than that.
  const remembered = 600
  let count = 0
  return (isBusiness, place) => {
    if (recent.length > 20 && random.chance(1 / 16)) return random.pick(recent)
    const name = isBusiness ? businessName(random, place) : personName(random)
    const owner = { name, phone: phoneOf(count) }
    recent[count++ % remembered] = owner
    return owner
  }
}

/** Sixteen digits: 0307, the district's last two, nine running ones and Luhn's check digit. */
export function accountNumber(districtCode: string, index: number): string {
  const body = `0307${districtCode.slice(-2)}${String(index).padStart(9, '0')}`
  let sum = 0
  for (let k = 0; k < body.length; k++) {
    const digit = Number(body[body.length - 1 - k])
    sum += k % 2 === 1 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
  }
  return body + String((10 - (sum % 10)) % 10)
}

/** Scattered, so that neighbours' meters do not count up: multiplication by a unit modulo 10^8 repeats nothing. */
export const meterNumber = (index: number): string =>
  `JM99${String((index * 38_190_107) % 100_000_000).padStart(8, '0')}`
