// What a layer of the map is: it adds itself to a fresh style, and draws what the store holds. A style may be fresh many times
// over (day and night, a lost WebGL context), so a layer keeps no truth of its own.
import type { Map as MapLibre } from 'maplibre-gl'
import type { CrewView } from '../../server/contract/assignments.ts'
import type { PlannedWork } from '../../server/contract/day.ts'
import type { IncidentSummary } from '../../server/contract/incidents.ts'
import type { DeadLine } from '../live/dead-lines.svelte.ts'
import type { MapColours } from './colours.ts'
import type { Position } from './glide.ts'

/** Everything that the map can show at a moment. */
export type Scene = {
  incidents: ReadonlyMap<string, IncidentSummary>
  crews: ReadonlyMap<string, CrewView>
  /** Roads that crews follow, by crew. */
  routes: ReadonlyMap<string, readonly Position[]>
  /** Planned work of today and tomorrow, where the screen shows it. */
  planned?: readonly PlannedWork[]
  /** Lines without supply, where the screen asks for them. */
  dead?: readonly DeadLine[]
  /** Incident that is looked at. */
  chosenId: string | null
  /** Server's time, milliseconds. */
  now: number
}

/** `Drawn` is what the layer draws from: the staff's Scene unless the map is another one. */
export type MapLayer<Drawn = Scene> = {
  add(map: MapLibre, colours: MapColours): void
  draw(map: MapLibre, drawn: Drawn): void
  remove?(): void
}
