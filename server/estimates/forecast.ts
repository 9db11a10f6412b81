// The estimates of a whole stream of incidents at each of its moments, as the service would have made them then.
import type { PastIncident } from './past-incident.ts'
import type { Model } from './model.ts'
import { predict } from './predict.ts'
import type { Estimate } from './predict.ts'
import { replay } from './replay.ts'
import type { Moment } from './replay.ts'
import { createTracking } from './tracking.ts'

export type Forecast = Moment & { estimate: Estimate }

/** In order of time; each from the model and what the stream had shown by then. */
export function* forecast(model: Model | null, incidents: PastIncident[]): Generator<Forecast> {
  const tracking = createTracking()
  for (const moment of replay(incidents)) {
    const { incident, at_s, facts } = moment
    const endedBy = (by_s: number): number | null =>
      !incident.open && incident.ended_s < by_s ? incident.ended_s : null
    yield { ...moment, estimate: tracking.adjust(predict(model, facts), at_s, endedBy) }
  }
}
