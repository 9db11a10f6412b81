// The order of candidates and the sentence why, which never contradicts the list that it stands in.
import { expect, test } from 'vitest'
import { rankCandidates, type CrewFacts, type Target } from '../../server/dispatch/rank.ts'
import { freeCrew } from './free-crew.ts'

const now = new Date('2026-07-01T02:00:00Z')
const target: Target = {
  id: 'inc',
  status: 'confirmed',
  hazard: false,
  equipment_kind: 'fuse',
  district_code: 'west',
  district_name: '西区',
  district_kind: 'urban',
  started_at: now,
  critical_customers: 0,
  lon: 113,
  lat: 22.5,
}
const rank = (crews: [CrewFacts, number][]) =>
  rankCandidates(
    target,
    crews.map(([each]) => each),
    new Map(crews.map(([{ id }, travel_s]) => [id, { travel_s, distance_m: travel_s * 10, method: 'road' as const }])),
    now,
  )

test('a crew that would be sooner but lacks the skill is passed over for that, and nobody says that it is later', () => {
  const [best] = rank([
    [freeCrew('far', 113.1), 700],
    [freeCrew('near', 113.01, { skills: ['lv'] }), 520],
  ])
  expect(best!.crew_id).toBe('far')
  expect(best!.says).toEqual({
    zh: '道路11分钟、7公里；直线最近的near虽早3分钟，但缺少技能：中压。',
    en: '11 min, 7 km by road; near, nearest as the crow flies, would be 3 min sooner but lacks medium voltage.',
  })
})

test('a crew that is nearer as the crow flies and later by road is said to be later by the minutes of the clock', () => {
  const [best] = rank([
    [freeCrew('far', 113.1), 119],
    [freeCrew('near', 113.01), 301],
  ])
  expect(best!.says.zh).toBe('道路1分钟、1.2公里；直线最近的near要晚4分钟。')
  expect(best!.says.en).toContain('would be 4 min later')
})

test('of two that arrive in the same minute none is called later', () => {
  const [best] = rank([
    [freeCrew('far', 113.1), 121],
    [freeCrew('near', 113.01), 125],
  ])
  expect(best!.says).toEqual({ zh: '道路2分钟、1.2公里。', en: '2 min, 1.2 km by road.' })
})

test('a crew that did not take it before comes last, and the sentence says so', () => {
  const ranked = rank([
    [freeCrew('near', 113.01, { refused_before: true }), 180],
    [freeCrew('far', 113.1, { skills: ['lv'] }), 7000],
  ])
  expect(ranked.map((each) => each.crew_id)).toEqual(['far', 'near'])
  expect(ranked[0]!.says.zh).toContain('直线最近的near虽早113分钟，但此前拒绝或未应答')
  expect(ranked[1]!.says.en).toBe('3 min, 1.8 km by road; declined or did not answer before.')
})

test('the home district’s crew that would leave nobody else with the skill is named once, with what speaks against it', () => {
  const [best] = rank([
    [freeCrew('guest', 113.1, { home_district: 'east', home_name: '东区' }), 600],
    [freeCrew('guest-2', 113.3, { home_district: 'east', home_name: '东区' }), 4000],
    [freeCrew('home', 113.2, { skills: ['lv'] }), 480],
  ])
  expect(best!.says.zh).toBe('道路10分钟、6公里；跨区支援（东区）；西区的home虽早2分钟，但缺少技能：中压。')
})
