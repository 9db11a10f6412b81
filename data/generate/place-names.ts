// Made-up Chinese names of towns, villages and roads, in the manner of the Pearl River delta.
import { createRandom, hash } from './random.ts'

const first = [...'龙凤石沙大上下东南新杜莲金银青白福永安和丰潮荷双三古长横竹松榕梅桂荔蕉麻牛鹤云月泗罗麦']
const second = [...'溪岗塘湾冲坑田洲围朗边头桥水岭潭堂阁井涌滘坪庄坎屏山源洞陂湖']
const villageFirst = [...'东西南北上下新旧大小前后']

const streetFirst = [
  ...['建设', '胜利', '港口', '迎宾', '发展', '江华', '五邑', '东华', '丰乐', '良化', '跃进', '堤东', '农林', '白石'],
  ...['天福', '龙湾', '华园', '西园', '育德', '里村', '星河', '翠湖', '金瓯', '江海', '永康', '高新', '明珠', '海棠'],
  ...['文昌', '广福', '圭峰', '启超', '振兴', '冈州', '同庆', '福泉', '会新', '银湖', '朝阳', '桥兴', '环翠', '南昌'],
  ...['春晖', '祥和', '富民', '德兴', '书院', '果园', '凤翔', '松园', '竹排', '礼义', '康乐', '兴宁', '长安', '仓后'],
  ...['幸福', '石湾', '东升', '工业', '科苑', '学府', '滨海', '云锦', '惠民', '青年', '民族', '体育', '府前', '车站'],
]
const streetSecond = ['', '', '', '', '东', '西', '南', '北', '一', '二', '三', '中']

export type PlaceNames = { town(): string; village(): string }

/** Each name is given once; when the pairs run out, a third character tells the villages apart. */
export function createPlaceNames(seed: number): PlaceNames {
  const random = createRandom(seed, 'place names')
  const given = new Set<string>()
  const draw = (suffixes: string[], make: () => string): string => {
    for (let tries = 0; ; tries++) {
      const name = tries < 40 ? make() : random.pick(villageFirst) + make()
      if (given.has(name)) continue
      given.add(name)
      return name + random.pick(suffixes)
    }
  }
  const pair = () => random.pick(first) + random.pick(second)
  return {
    town: () => draw(['镇', '镇', '街道'], pair),
    village: () => draw(['村'], pair),
  }
}

/** The name of the `line`-th road of one direction in one settlement: the same line has one name all along. */
export function streetName(seed: number, settlement: number, axis: number, line: number, kind: number): string {
  const h = hash(seed + settlement * 7919, axis * 100_003 + line, 41)
  const stem = streetFirst[h % streetFirst.length]!
  const side = streetSecond[(h >>> 8) % streetSecond.length]!
  if (kind === 0) return `${stem}大道${side.length > 0 && '东西南北中'.includes(side) ? side : ''}`
  if (kind === 1) return `${stem}${side}路`
  return `${stem}${side}${(h >>> 16) % 3 === 0 ? '巷' : '街'}`
}

const estateSecond = ['花园', '新村', '小区', '苑', '雅居', '里', '坊', '名庭', '市场', '广场', '家园', '豪庭', '城']
const plantSecond = [
  '工业园',
  '电子厂',
  '五金厂',
  '摩托车配件厂',
  '食品厂',
  '学校',
  '医院',
  '商业中心',
  '水暖卫浴厂',
  '印染厂',
]

/** An estate or a plant of one small patch of a settlement. */
export function estateName(
  seed: number,
  settlement: number,
  column: number,
  row: number,
  kind: 'estate' | 'plant',
): string {
  const h = hash(seed + settlement * 31, column * 7919 + row, kind === 'estate' ? 51 : 53)
  const seconds = kind === 'estate' ? estateSecond : plantSecond
  const stem = first[h % first.length]! + second[(h >>> 7) % second.length]!
  return stem + seconds[(h >>> 15) % seconds.length]!
}
