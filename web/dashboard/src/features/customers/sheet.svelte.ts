// One customer's sheet: what is known, and what staff do with points and rewards.
import type { Earning } from '$shared/programs/explain'
import { SvelteMap } from 'svelte/reactivity'
import { Intention } from '$shared/state/intention.svelte'
import { Loaded } from '$shared/state/loaded.svelte'
import { Pages } from '$shared/state/pages.svelte'
import { EVERYTHING, isSame, type ActivityFilter } from './activityFilter'
import type { Reward } from '$shared/person/personApi'
import { PersonSheet } from '$shared/person/personSheet.svelte'
import {
  giveUp,
  handOver,
  putBack,
  readEarning,
  searchEvents,
  takeReward,
  type LoyaltyEvent,
} from './pointsApi'

const RECENT = 4

export class CustomerSheet extends PersonSheet {
  readonly events: Pages<LoyaltyEvent>
  /** What happened last, whatever the activity is filtered by. */
  readonly recent: Loaded<readonly LoyaltyEvent[]>
  filter = $state.raw<ActivityFilter>(EVERYTHING)
  /** Of the team, who was seen to have done something: id and name. */
  people = new SvelteMap<string, string>()
  /** What the last tap on a reward came to. */
  readonly rewarding = new Intention()
  /** Why orders earned what they did, by account and order, as far as it was asked. */
  #earnings = new SvelteMap<string, Earning>()

  constructor(id: string) {
    super(id)
    this.events = new Pages<LoyaltyEvent>((cursor) => this.#read(cursor))
    this.recent = new Loaded(async () => {
      const reply = await searchEvents(id, EVERYTHING, undefined, RECENT)
      return reply.ok ? { ok: true, value: reply.value.items } : reply
    })
  }

  override async load(): Promise<void> {
    await Promise.all([super.load(), this.recent.load()])
  }

  override async refresh(): Promise<void> {
    const newest = this.events.items[0]?.id
    await Promise.all([this.load(), ...(this.events.started ? [this.events.refresh()] : [])])
    // What is new may be a refund: then an older order has another explanation.
    if (this.events.items[0]?.id !== newest) await this.#readWhyAgain()
  }

  earningOf(account: string, order: string): Earning | undefined {
    return this.#earnings.get(`${account} ${order}`)
  }

  async readWhy(account: string, order: string): Promise<void> {
    if (this.#earnings.has(`${account} ${order}`)) return
    await this.#askWhy(account, order)
  }

  async show(filter: ActivityFilter): Promise<void> {
    if (this.events.started && isSame(filter, this.filter)) return
    this.filter = filter
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

  async #read(cursor: string | undefined): ReturnType<typeof searchEvents> {
    const reply = await searchEvents(this.id, this.filter, cursor)
    for (const { actor } of reply.ok ? reply.value.items : []) {
      if (actor?.kind === 'STAFF' && actor.id && actor.name) this.people.set(actor.id, actor.name)
    }
    return reply
  }

  /** An explanation that cannot be had is left out; the event above it says what was earned. */
  async #askWhy(account: string, order: string): Promise<void> {
    const reply = await readEarning(account, order)
    if (reply.ok) this.#earnings.set(`${account} ${order}`, reply.value)
  }

  async #readWhyAgain(): Promise<void> {
    const known = [...this.#earnings.keys()].map((key) => key.split(' '))
    await Promise.all(known.map(([account = '', order = '']) => this.#askWhy(account, order)))
  }

  #done(result: unknown): boolean {
    if (result === undefined) return false
    void this.refresh()
    return true
  }
}
