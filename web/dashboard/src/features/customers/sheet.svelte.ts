// One customer's sheet: what is known, and what staff do with points and rewards.
import { Intention } from '../../state/intention.svelte'
import { Loaded } from '../../state/loaded.svelte'
import { Pages } from '../../state/pages.svelte'
import { readSummary, type Account, type Reward, type Summary } from './customersApi'
import {
  adjustPoints,
  giveUp,
  handOver,
  putBack,
  searchEvents,
  takeReward,
  type Adjustment,
  type EventType,
  type LoyaltyEvent,
} from './pointsApi'

export class CustomerSheet {
  readonly id: string
  readonly summary: Loaded<Summary>
  readonly events: Pages<LoyaltyEvent>
  filter = $state.raw<readonly EventType[]>([])
  /** What the last tap on a reward came to. */
  readonly rewarding = new Intention()

  constructor(id: string) {
    this.id = id
    this.summary = new Loaded<Summary>(() => readSummary(id))
    this.events = new Pages<LoyaltyEvent>((cursor) => searchEvents(id, this.filter, cursor))
  }

  get accounts(): readonly Account[] {
    return this.summary.value?.accounts ?? []
  }

  async load(): Promise<void> {
    await Promise.all([this.summary.load(), this.events.restart()])
  }

  async refresh(): Promise<void> {
    await Promise.all([this.summary.load(), this.events.refresh()])
  }

  async show(types: readonly EventType[]): Promise<void> {
    this.filter = types
    await this.events.restart()
  }

  /** True when it was done. */
  async take(account: string, tier: string): Promise<boolean> {
    return this.#done(await this.rewarding.run({ account, tier }, takeReward))
  }

  async handOver(reward: Reward, location_id: string): Promise<boolean> {
    return this.#done(await this.rewarding.run({ reward: reward.id, location_id }, handOver))
  }

  async giveUp(reward: Reward): Promise<boolean> {
    return this.#done(await this.rewarding.run({ reward: reward.id }, giveUp))
  }

  async putBack(reward: Reward): Promise<boolean> {
    return this.#done(await this.rewarding.run({ reward: reward.id }, putBack))
  }

  /** The reverse of what was just done, with a key of its own. */
  async undo(adjustment: Adjustment, reason: string): Promise<boolean> {
    const { account, points } = adjustment
    const wish = { account, points: -points, reason }
    return this.#done(await new Intention().run(wish, adjustPoints))
  }

  #done(result: unknown): boolean {
    if (result === undefined) return false
    void this.refresh()
    return true
  }
}
