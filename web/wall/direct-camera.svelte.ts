// Directs the wall's camera: scenes take turns, news steps in and gives way again. Calm comes first: one move at a time.
import type { PlannedWork } from '../../server/contract/day.ts'
import type { LiveEvent } from '../../server/contract/live.ts'
import type { Picture } from '../live/picture.ts'
import { steadyNow } from '../live/steady-clock.ts'
import { boxAround, type Box } from '../map/box.ts'
import type { GridMap, Padding } from '../map/grid-map.ts'
import { compareDistricts } from './figures.ts'
import {
  newsIn,
  newsNow,
  newsRest_s,
  newsStay_s,
  nextScene,
  order,
  pointsOf,
  stay_s,
  type News,
  type SceneName,
} from './scenes.ts'

export class Camera {
  scene = $state<SceneName>('city')
  /** The worst district when the camera turned to it: another may be worse by now, but this one is on the map. */
  district = $state('')
  news = $state.raw<News | null>(null)
  #map: GridMap | null = null
  #until = steadyNow() + stay_s.city * 1000
  #newsAllowedAt = 0
  #waiting: News | null = null
  readonly #padding: () => Padding

  constructor(padding: () => Padding) {
    this.#padding = padding
  }

  /** What the scene of planned work shows. */
  planned: readonly PlannedWork[] = []

  /** The screen may stay with one scene, or take none of the news. */
  turns = true
  /** Stays with this scene, as `/wall?stay=crews` asks. */
  stayWith(asked: string) {
    this.turns = false
    const scene = order.find((name) => name === asked)
    if (scene) this.#asked = scene
  }
  #asked: SceneName | null = null
  #stays = false

  use(map: GridMap) {
    this.#map = map
  }

  hear(events: readonly LiveEvent[], picture: Picture) {
    const news = newsIn(events, picture)
    if (news) this.#waiting = news
  }

  /** Another time is shown: what was heard is no news of it. */
  forget() {
    this.news = null
    this.#waiting = null
    this.#until = 0
  }

  /** Called once a second. */
  tick(picture: Picture, now: number) {
    if (!this.#map) return
    if (!this.turns) return this.#stay(picture, now)
    this.#waiting &&= newsNow(this.#waiting, picture)
    if (this.news) {
      this.news = newsNow(this.news, picture)
      if (!this.news) return this.#show(this.scene, picture, now)
    }
    if (this.#waiting && now >= this.#newsAllowedAt && !this.news) return this.#showNews(this.#waiting, now)
    if (now < this.#until) return
    if (this.news) {
      this.news = null
      this.#show(this.scene, picture, now)
    } else this.#show(nextScene(this.scene, picture, this.planned), picture, now)
  }

  /** Stays with a scene, which is a place only for a while: crews drive on, another district is worst. */
  #stay(picture: Picture, now: number) {
    if (!this.#asked || (this.#stays && now < this.#until)) return
    this.#stays = true
    this.#show(this.#asked, picture, now)
  }

  #showNews(news: News, now: number) {
    this.#waiting = null
    this.news = news
    this.#until = now + newsStay_s * 1000
    this.#newsAllowedAt = this.#until + newsRest_s * 1000
    const { lon, lat } = news.incident.location
    this.#map?.flyTo([lon, lat], 13.4, this.#padding())
  }

  #show(scene: SceneName, picture: Picture, now: number) {
    this.scene = scene
    this.district = compareDistricts(picture)[0]?.name ?? ''
    this.#until = now + stay_s[scene] * 1000
    const box = boxAround(pointsOf(scene, picture, this.planned)) ?? homeOf(picture)
    if (box) this.#map?.fit(box, this.#padding(), 2600, 13.2)
  }
}

/** Where the grid is, or where the incidents are, or nothing to look at. */
export function homeOf(picture: Picture): Box | null {
  const { bbox } = picture.network
  if (bbox) return bbox as unknown as Box
  return boxAround([...picture.incidents.values()].map(({ location }) => [location.lon, location.lat]))
}
