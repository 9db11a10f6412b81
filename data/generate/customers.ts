// Low-voltage branches, meter boxes and customers of every transformer, written one transformer at a time.
import { buildHouses, frontageOf, type Building } from './buildings.ts'
import type { Layout } from './layout.ts'
import type { Patches } from './patches.ts'
import { accountNumber, createOwners, meterNumber, type Owner } from './people.ts'
import { createRandom, type Random } from './random.ts'
import type { Site } from './sites.ts'
import type { RowFile } from './write-rows.ts'

export type CustomerFiles = { lowVoltage: RowFile; servicePoints: RowFile }

export const lowVoltageHeader = 'id,kind,transformer_id,parent_id,name,lon,lat'
export const servicePointHeader =
  'id,account_no,transformer_id,lv_equipment_id,lon,lat,address,name,phone,meter_no,class,critical,connection,boundary,responsible,language'

/** Customers behind one branch and in one meter box, about. */
const customersPerBranch = 34
const customersPerBox = 12
const fewestPerBox = 5

/** Chance of a customer who must not be without supply, and what such a one is called. */
const criticals: { critical: string; chance: number; title: string }[] = [
  { critical: 'life_support', chance: 1 / 1400, title: '' },
  { critical: 'school', chance: 1 / 2600, title: '学校' },
  { critical: 'telecom', chance: 1 / 3600, title: '通信机房' },
  { critical: 'hospital', chance: 1 / 4500, title: '医院' },
  { critical: 'traffic', chance: 1 / 7000, title: '交通信号站' },
  { critical: 'water', chance: 1 / 8000, title: '自来水加压站' },
]

export function writeCustomers(
  layout: Layout,
  sites: Site[],
  patches: Patches,
  files: CustomerFiles,
  onSite: (customersSoFar: number) => void,
): void {
  const frontage = frontageOf(layout, patches, sites)
  const random = createRandom(layout.seed, 'customers')
  const ownerOf = createOwners(createRandom(layout.seed, 'owners'))
  let written = 0
  sites.forEach((site, index) => {
    const houses = buildHouses(layout, patches, frontage, index, site, random)
    const boxes = hangBoxes(layout, site, houses, files.lowVoltage)
    houses.forEach((house, k) => {
      for (let unit = 0; unit < house.customers; unit++) {
        const box = boxes[k]![Math.floor(unit / customersPerBox)]!
        files.servicePoints.row(customerRow(layout, site, house, unit, box, ++written, random, ownerOf))
      }
    })
    onSite(written)
  })
}

/** Writes branches and boxes; gives each house the boxes that its customers are metered in. */
function hangBoxes({ plane }: Layout, site: Site, houses: Building[], out: RowFile): string[][] {
  const branches = Math.max(1, Math.min(6, houses.length, Math.round(site.customers / customersPerBranch)))
  let branch = 0
  let boxes = 0
  let room = 0
  let passed = 0
  let box = ''
  return houses.map((house) => {
    const due = Math.min(branches, 1 + Math.floor((passed * branches) / site.customers))
    const place = plane.columns(house.x, house.y)
    if (due !== branch) {
      branch = due
      room = 0
      out.row(`${site.id}-B${branch},lv_branch,${site.id},,${site.name}${branch}号分支,${place}`)
    }
    passed += house.customers
    const own: string[] = []
    for (let first = 0; first < house.customers; first += customersPerBox) {
      if (first > 0 || room < house.customers) {
        box = `${site.id}-M${++boxes}`
        out.row(`${box},meter_box,${site.id},${site.id}-B${branch},${site.name}表箱${boxes},${place}`)
        room = fewestPerBox
      }
      own.push(box)
    }
    room -= house.customers
    return own
  })
}

function customerRow(
  layout: Layout,
  site: Site,
  house: Building,
  unit: number,
  box: string,
  number: number,
  random: Random,
  ownerOf: (isBusiness: boolean, place: string) => Owner,
): string {
  const special = drawCritical(random)
  const isBusiness = special === null && random.chance(site.kind === 'village' ? 0.03 : 0.08)
  const kind = special !== null && special.title !== '' ? 'A' : isBusiness ? 'B' : 'C'
  const owner = ownerOf(isBusiness, site.place)
  const name = special !== null && special.title !== '' ? `${site.place}${special.title}` : owner.name
  const { code, name: district } = layout.districts.features[site.district]!.properties
  // Units of a house stand in a tidy 3 m grid under its roof.
  const x = house.x + ((unit % 3) - 1) * 3
  const y = house.y + ((Math.floor(unit / 3) % 3) - 1) * 3
  const unpaid = kind === 'C' && random.chance(1 / 450)
  const [boundary, responsible] = boundaryOf(site, random)
  const columns = [
    `C${String(number).padStart(8, '0')}`,
    accountNumber(code, number),
    site.id,
    box,
    layout.plane.columns(x, y),
    addressOf(layout, site, district, house, unit),
    name,
    owner.phone,
    meterNumber(number),
    kind,
    special?.critical ?? '',
    unpaid ? 'disconnected_nonpayment' : 'connected',
    boundary,
    responsible,
    random.chance(0.015) ? 'en' : 'zh',
  ]
  return columns.join(',')
}

function drawCritical(random: Random): (typeof criticals)[number] | null {
  let draw = random.next()
  for (const each of criticals) {
    if (draw < each.chance) return each
    draw -= each.chance
  }
  return null
}

function boundaryOf(site: Site, random: Random): [string, string] {
  if (site.owner === 'customer') return ['station', '物业']
  if (site.kind === 'village' && random.chance(0.06)) return ['pole', '用户']
  return ['meter', random.chance(0.5) ? '用户' : '']
}

function addressOf(layout: Layout, site: Site, district: string, house: Building, unit: number): string {
  const { roads, settlements } = layout
  const settlement = settlements.all[site.settlement]!
  const town = settlement.kind === 'core' ? '' : settlement.name
  const door = house.customers > 2 ? `${Math.floor(unit / 4) + 1}0${(unit % 4) + 1}房` : unit > 0 ? `之${unit}` : ''
  return `江门市${district}${town}${roads.names[roads.name[house.edge]!]}${house.house}号${door}`
}
