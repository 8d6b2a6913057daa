// Who stands at the till: found by phone, card or reward; what they have, and what of it they use now.
import { onceKey, type ApiError } from '$shared/api'
import { phone } from '$shared/format'
import { findCustomers, type Customer } from '$shared/person/personApi'
import {
  giveUpReward,
  identify,
  takeReward,
  type Account,
  type CreditNote,
  type Found,
  type Reward,
  type Tier,
  type Who,
} from '../../tillApi'
import type { Basket } from '../basket/basket.svelte'
import type { Applied } from '../basket/payables'

/** More than this many of one name are told apart by another word. */
const HITS_MAX = 8

export class Desk {
  /** A number, or a name: what is written in the one field. */
  typed = $state('')
  /** Whoever has the words that are typed; undefined while it is not a name, or not asked yet. */
  hits = $state.raw<readonly Customer[]>()
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

  /** What they have in each program, the main one first. */
  get accounts(): readonly Account[] {
    return this.found?.accounts ?? []
  }

  get account(): Account | undefined {
    return this.accounts[0]
  }

  /** Rewards that could still be handed over with this basket. */
  get usable(): readonly Reward[] {
    const applied = this.#basket.content.rewards
    return (this.found?.rewards ?? []).filter(({ id }) => !applied.some((one) => one.id === id))
  }

  /** Cashback that could pay; one account pays for one sale. */
  get purses(): readonly Account[] {
    const { credit } = this.#basket.content
    return this.accounts.filter(
      ({ balance, program }) => program.type === 'cashback' && balance > 0 && !credit,
    )
  }

  get notes(): readonly CreditNote[] {
    const applied = this.#basket.content.notes
    return (this.found?.credit_notes ?? []).filter(
      ({ id, balance_money }) => balance_money.amount > 0 && !applied.some((one) => one.id === id),
    )
  }

  /** Something that they could use, or take. */
  get hasSomething(): boolean {
    const { takeable = [] } = this.found ?? {}
    return this.usable.length + this.purses.length + this.notes.length + takeable.length > 0
  }

  /** The account that a tier is paid from. */
  accountOf(tier: Tier): Account | undefined {
    return this.accounts.find(({ id }) => id === tier.loyalty_account_id) ?? this.account
  }

  get isName(): boolean {
    return /\p{L}/u.test(this.typed)
  }

  /** Of two searches on their way, the later one counts. */
  async search(): Promise<void> {
    const words = this.typed.trim()
    this.error = ''
    if (!this.isName) {
      this.hits = undefined
      return
    }
    const reply = await findCustomers(words, HITS_MAX)
    if (words !== this.typed.trim()) return
    if (reply.ok) this.hits = reply.value
    else this.error = reply.error.code
  }

  choose(customer_id: string): Promise<boolean> {
    return this.#find({ customer_id })
  }

  async byPhone(): Promise<boolean> {
    const phone_number = this.typed
    const isFound = await this.#find({ phone_number })
    this.unknownPhone = this.error === 'CUSTOMER_UNKNOWN' ? phone_number : ''
    return isFound
  }

  byCard(card_code: string): Promise<boolean> {
    return this.#find({ card_code })
  }

  /** A reward that was shown: it is used on this sale. Gives what to say when it cannot be. */
  async byReward(reward_code: string): Promise<'' | 'scan.unknown' | 'scan.rewardOver'> {
    const isTheirs = this.found?.rewards.some(({ code }) => code === reward_code)
    if (!isTheirs && !(await this.#find({ reward_code }))) return 'scan.unknown'
    const reward = this.found?.rewards.find(({ code }) => code === reward_code)
    if (!reward) return 'scan.rewardOver'
    this.use(reward)
    return ''
  }

  /** The balance of now, for a basket that was kept. */
  async refresh(): Promise<void> {
    const person = this.#basket.content.person
    if (!person) return
    const reply = await identify({ customer_id: person.id })
    if (!reply.ok || person.id !== this.#basket.content.person?.id) return
    this.#found = reply.value
    const name = nameOf(reply.value)
    if (name !== person.name) this.#basket.setPerson({ ...person, name })
  }

  async take(tier: Tier): Promise<void> {
    const account = this.accountOf(tier)
    if (this.busy || !account) return
    const key = this.#takeKeys.get(tier.tier_id) ?? onceKey()
    this.#takeKeys.set(tier.tier_id, key)
    this.#begin()
    const reply = await takeReward(account.id, tier.tier_id, key)
    if (!reply.ok) return this.#fail(reply.error)
    this.#takeKeys.delete(tier.tier_id)
    const { reward, credit_note } = reply.value
    if (credit_note) this.useNote(credit_note)
    else this.#apply({ ...tier, ...reward, name: tier.name }, true)
    await this.refresh()
    this.busy = false
  }

  use(reward: Reward): void {
    this.#apply(reward, false)
  }

  /** So much of the cashback as the sale needs. */
  useCashback({ id, balance, program }: Account): void {
    this.#basket.setCredit({ account_id: id, name: program.name, amount_minor: balance })
  }

  useNote({ id, code, balance_money }: CreditNote, isTheirs = true): void {
    this.#basket.applyNote({ id, code, balance_minor: balance_money.amount, isTheirs })
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
    this.typed = ''
    this.hits = undefined
    this.error = ''
    this.unknownPhone = ''
  }

  async #find(who: Who): Promise<boolean> {
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
    this.#basket.setPerson({ id: found.customer.id, name: nameOf(found) })
    this.busy = false
    return true
  }

  #apply({ id, name, kind }: Pick<Reward, 'id' | 'name' | 'kind'>, wasTaken: boolean): void {
    const isPrice = kind !== undefined && kind !== 'other'
    this.#basket.apply({ id, name, wasTaken, key: onceKey(), ...(isPrice ? { isPrice } : {}) })
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
