// A message as it is claimed: whom it goes to, what it was owed for, and what is so now.
import type { Language } from '../contract/shapes.ts'
import type { StatusFacts } from '../status/index.ts'
import type { ChannelKind } from './channels/open-channel.ts'
import type { MatterKind } from './matters.ts'
import type { Words } from './render.ts'

/** The facts are of now, those of the status room of its customer; `place` is null where the service point is gone. */
export type ClaimedRow = Omit<StatusFacts, 'place'> & {
  id: number
  service_point_id: string
  language: Language
  recipient: string
  tries: number
  created_at: Date
  matter: string
  kind: MatterKind
  matter_incident_id: string | null
  bodies: Record<Language, string>
  words: Words
  place: string | null
  /** Since when out, since when back, by the matter's incident or the one that it went on as. */
  since: Date | null
  restored: Date | null
  verified: boolean
  /** Of the crew that is on it. */
  crew_name: string | null
  /** What they got last of this outage on this channel: the matter, and the estimate and the crew in it. */
  heard_kind: MatterKind | null
  heard_until: Date | null
  heard_crew: StatusFacts['crew']
  subscription_id: number | null
  /** How its channel is reached, null where that is configured no more, and whether replies were given an address there. */
  channel_kind: ChannelKind | null
  has_replies: boolean
  /** Something later tells, or told, all that this one would. */
  overtaken: boolean
  /** The planned work that it tells of is over, or will not be. */
  replaced: boolean
}
