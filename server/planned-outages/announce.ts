// Looks at what somebody wants to switch off, and announces it.
import type { AnnounceInput, PlannedSummary, PreviewAnswer, PreviewInput } from '../contract/planned-outages.ts'
import { Refusal } from '../contract/refusal.ts'
import { createId, type Queries } from '../database/index.ts'
import type { GridModel } from '../incidents/index.ts'
import { noticeOf } from './notice.ts'
import type { PlannedRow } from './planned-row.ts'
import { proposeJoins, readImpact, readJoinable } from './reads.ts'
import { keepGround, tellPlanned, type PlannedDeps, type Stepping } from './stepping.ts'
import { tellStages } from './tell.ts'
import { traceOut, unknownOf, type SwitchedOff } from './trace.ts'

/** More transformers than this are no work of one day: somebody drew around the whole city. */
const mostDrawn = 500
/** An outage that is being thought of goes by this name among those it could be joined with. */
export const draftId = 'new'

/** What is named and what was drawn, together. Throws Refusal for what the network does not have. */
async function switchedOffBy(queries: Queries, model: GridModel, input: PreviewInput): Promise<SwitchedOff> {
  const named = { equipment_ids: [...new Set(input.equipment_ids)], transformer_ids: input.transformer_ids }
  const unknown = unknownOf(model, named)
  if (unknown.length > 0)
    throw new Refusal('unprocessable', {
      zh: `电网中没有 ${unknown.slice(0, 5).join('、')}：请给出电网中的设备或配变`,
      en: `${unknown.slice(0, 5).join(', ')} is not in the network: name equipment or transformers that are`,
    })
  const drawn = input.area ? await findWithin(queries, input.area) : []
  const transformer_ids = [...new Set([...named.transformer_ids, ...drawn])]
  if (named.equipment_ids.length + transformer_ids.length === 0)
    throw new Refusal(
      'unprocessable',
      input.area
        ? { zh: '所画范围内没有配变', en: 'No transformer stands within what was drawn' }
        : {
            zh: '没有要停的：请选设备或配变，或画一个范围',
            en: 'Nothing is switched off: name equipment_ids or transformer_ids, or draw an area',
          },
    )
  return { equipment_ids: named.equipment_ids, transformer_ids }
}

async function findWithin(queries: Queries, area: [number, number][]): Promise<string[]> {
  const polygon = JSON.stringify({ type: 'Polygon', coordinates: [[...area, area[0]!]] })
  const rows = await queries.rows<{ id: string }>('planned-outages/find_within', { polygon, limit: mostDrawn + 1 })
  if (rows.length > mostDrawn)
    throw new Refusal('unprocessable', {
      zh: `所画范围内超过 ${mostDrawn} 台配变：请画小一些`,
      en: `More than ${mostDrawn} transformers stand within what was drawn: draw a smaller area`,
    })
  return rows.map((row) => row.id)
}

function groundOf(model: GridModel, off: SwitchedOff): string[] {
  const ground = traceOut(model, off)
  if (ground.length === 0)
    throw new Refusal('unprocessable', {
      zh: `按现在的运行方式，${off.equipment_ids.join('、')} 没有带用户`,
      en: `Nobody is fed through ${off.equipment_ids.join(', ')} as switched now`,
    })
  return ground
}

/** What it would mean; nothing is kept. */
export async function previewPlanned(deps: PlannedDeps, input: PreviewInput): Promise<PreviewAnswer> {
  const { database } = deps
  const [now, model] = [deps.now(), deps.grid.current]
  const off = await switchedOffBy(database, model, input)
  const ground = groundOf(model, off)
  const [startsAt, endsAt] = [new Date(input.starts_at), new Date(input.ends_at)]
  const patches = ground.map((transformerId) => ({ transformerId, endsAt }))
  const asked = { startsAt, patches, but: [], timezone: model.timezone }
  return {
    ground,
    transformer_ids: [...off.transformer_ids],
    impact: await readImpact(database, asked),
    notice: noticeOf(input.notice, now, startsAt),
    joins: await joinsOf(database, input, ground, now),
  }
}

/** With which announced ones the draft would be better done at once. */
async function joinsOf(
  queries: Queries,
  input: PreviewInput,
  ground: string[],
  now: Date,
): Promise<PreviewAnswer['joins']> {
  const [startsAt, endsAt] = [new Date(input.starts_at), new Date(input.ends_at)]
  const rows = await queries.rows<{ transformer_id: string; customers: number }>('planned-outages/count_customers', {
    transformers: ground,
  })
  const draft = {
    id: draftId,
    startsAt,
    endsAt,
    ground: rows.map((row) => ({ transformerId: row.transformer_id, customers: row.customers, endsAt })),
    notice: input.notice,
  }
  const own = new Set(ground)
  const sharing = (await readJoinable(queries, now)).filter((work) =>
    work.ground.some((each) => own.has(each.transformerId)),
  )
  return proposeJoins([...sharing, draft], now).filter((join) => join.outage_ids.includes(draftId))
}

/** Announces it; throws Refusal where that is later than the public rule allows and nobody says why. */
export function announcePlanned(deps: PlannedDeps, input: AnnounceInput, actor: string): Promise<PlannedSummary> {
  const [now, model] = [deps.now(), deps.grid.current]
  const [startsAt, endsAt] = [new Date(input.starts_at), new Date(input.ends_at)]
  if (startsAt <= now)
    throw new Refusal(
      'unprocessable',
      {
        zh: `开始时间 ${input.starts_at} 已过：计划停电须提前公告`,
        en: `starts_at: ${input.starts_at} has passed: a planned outage is announced ahead`,
      },
      [{ path: 'starts_at', message: 'an instant to come' }],
    )
  refuseLate(input, now, startsAt)
  return deps.database.transaction(async (transaction) => {
    const stepping: Stepping = { transaction, model, now, actor }
    const off = await switchedOffBy(transaction, model, input)
    groundOf(model, off)
    const id = createId('plan')
    const row = await putPlanned(stepping, {
      id,
      starts_at: startsAt,
      ends_at: endsAt,
      reason: input.reason,
      notice: input.notice,
      waiver: input.waiver ?? null,
      parts: '[]',
      equipment_ids: off.equipment_ids,
      transformer_ids: off.transformer_ids,
    })
    await tellStages(stepping, row, [])
    return tellPlanned(stepping, id, 'announced')
  })
}

/** Throws Refusal where the rule asks for more notice and no reason is given why there is less. */
export function refuseLate(input: Pick<AnnounceInput, 'notice' | 'waiver'>, now: Date, startsAt: Date): void {
  const notice = noticeOf(input.notice, now, startsAt)
  if (notice.met || input.waiver) return
  const other = input.notice === 'planned' ? ', call it temporary work (24 h)' : ''
  const otherZh = input.notice === 'planned' ? '，或改为临时检修（24 小时）' : ''
  throw new Refusal(
    'unprocessable',
    {
      zh: `只提前了 ${notice.given_h} 小时，规定须提前 ${notice.needed_h} 小时：请在 ${notice.earliest_at} 或以后开始${otherZh}，或说明为什么不能提前。${notice.rule.zh}`,
      en: `starts_at: ${notice.given_h} h ahead, and the rule asks for ${notice.needed_h} h: start at ${notice.earliest_at} or later${other}, or say in waiver why not. ${notice.rule.en}`,
    },
    [{ path: 'starts_at', message: `${notice.earliest_at} or later` }],
  )
}

/** Keeps a new planned outage with its ground. */
export async function putPlanned(
  stepping: Stepping,
  row: {
    id: string
    starts_at: Date
    ends_at: Date
    reason: string | null
    notice: PlannedRow['notice']
    waiver: string | null
    parts: string
    equipment_ids: readonly string[]
    transformer_ids: readonly string[]
  },
): Promise<PlannedRow> {
  const { transaction, now, actor } = stepping
  await transaction.touch('planned-outages/put_planned', { ...row, now, actor })
  const kept = await transaction.one<PlannedRow>('planned-outages/lock_planned', { ids: [row.id] })
  await keepGround(stepping, kept)
  return kept
}
