// Taking rewards, giving them back and using them. No markup, no text.
//
// Each intention has one key, which every retry of it reuses: a double tap or a lost answer takes or
// uses once. The key of a use is kept on the phone before it is sent, so that a page that dies in
// between can still ask for the answer: the showing belongs to this phone and to no other.
import { onceKey, type ApiError } from '$shared/api'
import type { CustomerApp } from '../../app.svelte'
import type { Card, CreditNote, Program, Reward, Showing, Tier } from '../../appApi'

/** A used reward on its way to the staff's eyes. */
export interface Shown {
  readonly reward: Reward
  readonly token: string
  readonly until: string
}

interface PendingUse {
  readonly reward: string
  readonly key: string
}

/** Refusals after which what the screen shows is old. */
const OLD = [
  'REWARD_USED',
  'REWARD_GIVEN_UP',
  'REWARD_UNKNOWN',
  'REWARD_EXPIRED',
  'REWARD_GONE',
  'REWARD_LIMIT',
  'POINTS_SHORT',
  'LEDGER_SHORT',
  'TIER_UNKNOWN',
]

export class Rewards {
  /** What is being sent: a tier's id, or a reward's. */
  busy = $state('')
  error = $state('')
  /** The reward just taken, which may still be given back with one tap. */
  taken = $state.raw<Reward>()
  /** The credit note that it became. */
  takenNote = $state.raw<CreditNote>()
  shown = $state.raw<Shown>()
  isGivingUp = $state(false)
  readonly #app: CustomerApp
  readonly #takeKeys = new Map<string, string>()

  constructor(app: CustomerApp) {
    this.#app = app
    const kept = app.keep.read<Shown>('showing')
    if (kept) this.#show(kept)
  }

  /** Rewards taken, which wait to be used. */
  get tickets(): readonly Reward[] {
    return (this.#app.card?.rewards ?? []).filter(({ status }) => status === 'ISSUED')
  }

  async take(program: Program, tier: Tier): Promise<boolean> {
    if (this.busy) return false
    const key = this.#takeKeys.get(tier.id) ?? onceKey()
    this.#takeKeys.set(tier.id, key)
    this.#begin(tier.id)
    const reply = await this.#app.api.take(tier.id, this.#app.accountOf(program)?.id, key)
    this.busy = ''
    if (!reply.ok) {
      if (!reply.error.isPassing) this.#takeKeys.delete(tier.id)
      await this.#refuse(reply.error)
      return false
    }
    this.#takeKeys.delete(tier.id)
    const { credit_note } = reply.value
    this.takenNote = credit_note
    this.taken = credit_note ? undefined : reply.value.reward
    this.#moved(reply.value.reward, program, reply.value.balance)
    await this.#app.refresh()
    return true
  }

  /** The points come back to the card. */
  async giveUp(reward: Reward): Promise<boolean> {
    if (this.busy) return false
    this.#begin(reward.id)
    this.isGivingUp = true
    const reply = await this.#app.api.giveUp(reward.id)
    // Given up before, and its answer lost: that is what was wanted.
    const isDone = reply.ok || reply.error.code === 'REWARD_GIVEN_UP'
    if (isDone) await this.#app.refresh()
    this.isGivingUp = false
    this.busy = ''
    if (!reply.ok && !isDone) await this.#refuse(reply.error)
    if (isDone && this.taken?.id === reward.id) this.taken = undefined
    return isDone
  }

  /** The second "Use". True when it is being shown here; one phone of two is refused. */
  async use(reward: Reward): Promise<boolean> {
    if (this.busy) return false
    const pending = this.#pending(reward.id) ?? { reward: reward.id, key: onceKey() }
    this.#app.keep.write('use', pending)
    this.#begin(reward.id)
    const reply = await this.#app.api.use(reward.id, pending.key)
    this.busy = ''
    if (!reply.ok) {
      if (!reply.error.isPassing) this.#app.keep.remove('use')
      await this.#refuse(reply.error)
      return false
    }
    this.#begun(reply.value.reward, reply.value.showing)
    return true
  }

  /** "Done": the showing ends here, and for good. True when the server knows. */
  async end(): Promise<boolean> {
    const { shown } = this
    if (!shown) return true
    this.#begin(shown.reward.id)
    const reply = await this.#app.api.endShowing(shown.reward.id, shown.token)
    this.busy = ''
    if (!reply.ok && reply.error.isPassing) {
      this.error = reply.error.code
      return false
    }
    this.stopShowing()
    await this.#app.refresh()
    return true
  }

  /** The time is over, or somebody said so. */
  stopShowing(): void {
    this.shown = undefined
    this.#app.keep.remove('showing')
  }

  /** After a reload: the server says whether it is still shown, and until when. */
  async resume(reward: string, token: string): Promise<void> {
    const reply = await this.#app.api.showing(reward, token)
    if (reply.ok) {
      const { reward: used, showing } = reply.value
      this.#app.setServerTime(reply.value.server_time)
      this.#show({ reward: used, token, until: showing.until })
    } else if (!reply.error.isPassing) this.stopShowing()
  }

  /** A use whose answer was lost, and which the server did: its answer is asked for again. */
  compare(card: Card): void {
    const pending = this.#app.keep.read<PendingUse>('use')
    if (!pending || this.busy) return
    const isUnused = card.rewards.some(
      ({ id, status }) => id === pending.reward && status === 'ISSUED',
    )
    if (isUnused) this.#app.keep.remove('use')
    else void this.#recover(pending)
  }

  forget(): void {
    this.error = ''
    this.busy = ''
    this.taken = undefined
    this.takenNote = undefined
    this.#takeKeys.clear()
    this.#app.keep.remove('use')
    this.stopShowing()
  }

  async #recover(pending: PendingUse): Promise<void> {
    const reply = await this.#app.api.use(pending.reward, pending.key)
    if (reply.ok) this.#begun(reply.value.reward, reply.value.showing)
    else if (!reply.error.isPassing) this.#app.keep.remove('use')
  }

  #begun(reward: Reward, showing: Showing): void {
    const shown = { reward, token: showing.token, until: showing.until }
    if (showing.server_time) this.#app.setServerTime(showing.server_time)
    this.#app.keep.write('showing', shown)
    this.#app.keep.remove('use')
    this.taken = undefined
    this.#show(shown)
    void this.#app.refresh()
  }

  #show(shown: Shown): void {
    if (Date.parse(shown.until) > this.#app.now_ms) this.shown = shown
    else this.stopShowing()
  }

  #pending(reward: string): PendingUse | undefined {
    const pending = this.#app.keep.read<PendingUse>('use')
    return pending?.reward === reward ? pending : undefined
  }

  #begin(what: string): void {
    this.busy = what
    this.error = ''
  }

  async #refuse({ code }: ApiError): Promise<void> {
    this.error = code
    if (OLD.includes(code)) await this.#app.refresh()
  }

  /** Seen at once; the card read afterwards says the same. */
  #moved(reward: Reward, program: Program, balance: number): void {
    const { card } = this.#app
    if (!card) return
    this.#app.card = {
      ...card,
      rewards: [reward, ...card.rewards.filter(({ id }) => id !== reward.id)],
      accounts: card.accounts.map((account) =>
        account.program_id === program.id ? { ...account, balance } : account,
      ),
    }
  }
}
