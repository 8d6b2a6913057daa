// Who stands at the till: found by phone or card, what they have, what they take for their points.
import { onceKey, type ApiError } from '$shared/api'
import { phone } from '$shared/format'
import {
  giveUpReward,
  identify,
  takeReward,
  type Account,
  type Found,
  type Reward,
  type Tier,
} from '../../tillApi'
import type { Applied, Basket } from '../basket/basket.svelte'

export class Desk {
  phone = $state('')
  busy = $state(false)
  error = $state('')
  /** A number that belongs to nobody yet: the form to join begins with it. */
  unknownPhone = $state('')
  #found = $state.raw<Found>()
  #basket: Basket
  /** One key for taking each tier, until it is taken. */
  #takeKeys = new Map<string, string>()

  constructor(basket: Basket) {
    this.#basket = basket
  }

  /** What is known of the basket's customer; undefined while it is asked. */
  get found(): Found | undefined {
    return this.#found?.customer.id === this.#basket.content.person?.id ? this.#found : undefined
  }

  get account(): Account | undefined {
    return this.found?.accounts[0]
  }

  /** Rewards that could still be handed over with this basket. */
  get usable(): readonly Reward[] {
    const applied = this.#basket.content.rewards
    return (this.found?.rewards ?? []).filter(({ id }) => !applied.some((one) => one.id === id))
  }

  async byPhone(): Promise<boolean> {
    const phone_number = this.phone
    const isFound = await this.#find({ phone_number })
    this.unknownPhone = this.error === 'CUSTOMER_UNKNOWN' ? phone_number : ''
    return isFound
  }

  byCard(card_code: string): Promise<boolean> {
    return this.#find({ card_code })
  }

  /** The balance of now, for a basket that was kept. */
  async refresh(): Promise<void> {
    const person = this.#basket.content.person
    if (!person) return
    const reply = await identify(person.by)
    if (reply.ok && reply.value.customer.id === person.id) this.#found = reply.value
  }

  async take(tier: Tier): Promise<void> {
    const account = this.account
    if (this.busy || !account) return
    const key = this.#takeKeys.get(tier.tier_id) ?? onceKey()
    this.#takeKeys.set(tier.tier_id, key)
    this.#begin()
    const reply = await takeReward(account.id, tier.tier_id, key)
    if (!reply.ok) return this.#fail(reply.error)
    this.#takeKeys.delete(tier.tier_id)
    this.#apply({ id: reply.value.reward.id, name: tier.name }, true)
    await this.refresh()
    this.busy = false
  }

  use(reward: Reward): void {
    this.#apply(reward, false)
  }

  /** Off the basket; what was taken for it gives its points back. */
  async drop(applied: Applied): Promise<void> {
    this.#basket.unapply(applied.id)
    if (!applied.wasTaken) return
    await giveUpReward(applied.id)
    await this.refresh()
  }

  async removeCustomer(): Promise<void> {
    const taken = this.#basket.content.rewards.filter(({ wasTaken }) => wasTaken)
    this.#basket.setPerson(undefined)
    this.forget()
    for (const { id } of taken) await giveUpReward(id)
  }

  /** Nothing of this customer stays for the next one. */
  forget(): void {
    this.#found = undefined
    this.#takeKeys.clear()
    this.phone = ''
    this.error = ''
    this.unknownPhone = ''
  }

  async #find(who: { phone_number: string } | { card_code: string }): Promise<boolean> {
    if (this.busy) return false
    this.#begin()
    const reply = await identify(who)
    if (!reply.ok) {
      this.#fail(reply.error)
      return false
    }
    const found = reply.value
    if (found.customer.id !== this.#basket.content.person?.id) await this.removeCustomer()
    this.forget()
    this.#found = found
    this.#basket.setPerson({ id: found.customer.id, name: nameOf(found), by: who })
    this.busy = false
    return true
  }

  #apply({ id, name }: Reward, wasTaken: boolean): void {
    this.#basket.apply({ id, name, wasTaken, key: onceKey() })
  }

  #begin(): void {
    this.busy = true
    this.error = ''
  }

  #fail(error: ApiError): void {
    this.busy = false
    this.error = error.code
  }
}

/** As people are called at a counter; who gave no name is called by the number. */
export function nameOf({ customer }: Found): string {
  const name = [customer.given_name, customer.family_name].filter(Boolean).join(' ')
  return name || phone(customer.phone_number ?? '')
}
