// One customer's record, read from the server, and correcting their balances.
import type { Reply } from '../api'
import { Intention } from '../state/intention.svelte'
import { Loaded } from '../state/loaded.svelte'
import { adjustPoints, readSummary, type Account, type Adjustment, type Summary } from './personApi'

export class PersonSheet {
  readonly id: string
  readonly summary: Loaded<Summary>

  constructor(id: string) {
    this.id = id
    this.summary = new Loaded<Summary>((): Promise<Reply<Summary>> => readSummary(id))
  }

  get accounts(): readonly Account[] {
    return this.summary.value?.accounts ?? []
  }

  async load(): Promise<void> {
    await this.summary.load()
  }

  /** Something changed, here or elsewhere. */
  async refresh(): Promise<void> {
    await this.load()
  }

  /** The reverse of what was just done, with a key of its own. */
  async undo(adjustment: Adjustment, reason: string): Promise<boolean> {
    const { account, points } = adjustment
    const wish = { account, points: -points, reason }
    const done = await new Intention().run(wish, adjustPoints)
    if (done !== undefined) void this.refresh()
    return done !== undefined
  }
}
