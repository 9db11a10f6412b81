// What the office's side of messages holds: the setting, how channels stand, how much failed or waits; and its writes, said in words.
import type {
  ChannelStanding,
  MatterView,
  NotificationSetting,
  NotificationSettingView,
} from '../../../../server/contract/notifications.ts'
import type { Answered, Refused } from '../../../live/ask.ts'
import { Pages } from '../../../live/pages.svelte.ts'
import type { Desk } from '../../desk.svelte.ts'

export class OfficeMessages {
  readonly desk: Desk
  readonly failing: Pages<MatterView>
  readonly held: Pages<MatterView>
  setting = $state.raw<NotificationSettingView | null>(null)
  standings = $state.raw<ChannelStanding[]>([])
  refused = $state.raw<Refused | null>(null)
  said = $state('')
  busy = $state(false)

  constructor(desk: Desk) {
    this.desk = desk
    this.failing = new Pages<MatterView>((path) => desk.get(path), '/api/matters?failing=true')
    this.held = new Pages<MatterView>((path) => desk.get(path), '/api/matters?state=held')
  }

  /** Only an administrator changes how messages go out; a token of the address says nothing of its role, and the server decides. */
  get mayChange(): boolean {
    return this.desk.session.role !== 'dispatcher'
  }

  async read(): Promise<void> {
    await Promise.all([this.readSetting(), this.readStandings(), this.failing.again(), this.held.again()])
  }

  async readSetting(): Promise<void> {
    const outcome = await this.desk.get<NotificationSettingView>('/api/notification-settings')
    if ('answer' in outcome) this.setting = outcome.answer
    else this.refused = outcome.refused
  }

  async readStandings(): Promise<void> {
    const outcome = await this.desk.get<{ items: ChannelStanding[] }>('/api/channel-standings')
    if ('answer' in outcome) this.standings = outcome.answer.items
    else this.refused = outcome.refused
  }

  /** A write with what is said of it; null where it was refused, which is shown. */
  async write<T>(asked: () => Promise<Answered<T>>, say: (answer: T) => string): Promise<T | null> {
    if (this.busy) return null
    this.busy = true
    const outcome = await asked()
    this.busy = false
    this.refused = 'refused' in outcome ? outcome.refused : null
    this.said = 'answer' in outcome ? say(outcome.answer) : ''
    return 'answer' in outcome ? outcome.answer : null
  }

  /** Changes part of the setting as it stands at the server, not as it stood when this was opened. */
  async change(part: Partial<NotificationSetting>, say: () => string): Promise<void> {
    await this.readSetting()
    if (!this.setting) return
    const { phone_channel, stopped, approve_above, quiet_from, quiet_to, public_url = null } = this.setting
    const body = { phone_channel, stopped, approve_above, quiet_from, quiet_to, public_url, ...part }
    const asked = () => this.desk.post<NotificationSettingView>('/api/notification-settings', body, { method: 'PUT' })
    const answer = await this.write(asked, say)
    if (answer) this.setting = answer
  }
}
