// Selling at one place: the basket, its customer, its closing, and what lies over it. No markup, no
// text.
import { setCsrfToken } from '$shared/api'
import { formatUnits } from '$shared/format'
import { currencyDigits } from '$shared/numbers'
import { Amount } from './features/amount/amount.svelte'
import { Basket } from './features/basket/basket.svelte'
import { Kept } from './features/basket/kept'
import { AfterSale } from './features/closing/afterSale.svelte'
import { Closings, type Closing, type Outcome } from './features/closing/closings.svelte'
import { Desk } from './features/customer/desk.svelte'
import { cardCodeOf, type Stroke } from './features/scan/burst'
import { openTill, readSession, type Item, type Opening, type Session } from './tillApi'

export type Tab = 'articles' | 'amount'
export type Over = '' | 'customer' | 'sales' | 'keys' | 'article' | 'basket'
/** A passing remark; the words are chosen where it is shown. */
export type Remark = '' | 'scan.unknown' | 'basket.full' | 'closing.later'

export class Counter {
  opening = $state.raw<Opening>() as Opening
  tab = $state<Tab>('articles')
  over = $state<Over>('')
  remark = $state<Remark>('')
  /** The article that is being changed; undefined: a new one. */
  editing = $state.raw<Item>()
  isOffline = $state(false)
  readonly merchant: Session['session']['merchant']
  readonly basket: Basket
  readonly amount: Amount
  readonly closings: Closings
  readonly desk: Desk
  readonly after: AfterSale
  #stop: (() => void)[] = []

  constructor(merchant: Session['session']['merchant'], opening: Opening) {
    this.merchant = merchant
    this.opening = opening
    const kept = new Kept(merchant.id, opening.till.location.id)
    this.basket = new Basket(kept)
    this.amount = new Amount(currencyDigits(merchant.currency))
    this.closings = new Closings(kept, (closing, outcome) => this.#hear(closing, outcome))
    this.desk = new Desk(this.basket)
    this.after = new AfterSale(opening.program !== null)
    this.tab = opening.items.length > 0 ? 'articles' : 'amount'
    this.#listen(kept)
    void this.closings.send()
    void this.desk.refresh()
  }

  get place(): string {
    return this.opening.till.location.id
  }

  /** What would be closed now: the basket, and an amount that is typed and not yet in it. */
  get due_minor(): number {
    return this.basket.total_minor + this.amount.minor * this.amount.quantity
  }

  get canClose(): boolean {
    return this.due_minor > 0 || this.basket.content.rewards.length > 0
  }

  /** So much of the main program's points, in words. */
  units(count: number): string {
    return this.opening.program ? formatUnits(this.opening.program, count) : ''
  }

  close(): void {
    for (const stop of this.#stop) stop()
  }

  addItem(item: Item): void {
    const isIn = this.basket.addItem(item, this.amount.takeQuantity())
    this.remark = isIn ? '' : 'basket.full'
  }

  edit(item?: Item): void {
    this.editing = item
    this.over = 'article'
  }

  /** `sign` -1: a discount. */
  addAmount(name: string, sign: 1 | -1 = 1): boolean {
    const { typed, quantity } = this.amount
    const taken = this.amount.take()
    if (!taken) return false
    const isIn = this.basket.addAmount(name, sign * taken.minor, taken.quantity)
    this.remark = isIn ? '' : 'basket.full'
    if (!isIn) Object.assign(this.amount, { typed, quantity })
    return isIn
  }

  /** The one intention that must not happen twice: the basket goes, with its key, at once. */
  closeSale(amountName: string): void {
    if (this.after.isBusy) return
    if (this.amount.minor > 0 && !this.addAmount(amountName)) return
    if (!this.canClose) return
    this.over = ''
    const phone = this.desk.unknownPhone || (this.desk.found?.customer.phone_number ?? '')
    const closing: Closing = {
      content: this.basket.takeAll(),
      location_id: this.place,
      currency: this.merchant.currency,
      at: new Date().toISOString(),
    }
    this.after.begin(closing, phone)
    this.closings.add(closing)
    this.amount.clear()
    this.desk.forget()
  }

  /** A refused sale is a basket again. */
  resume(closing: Closing): void {
    this.closings.forget(closing)
    this.basket.putBack(closing)
    this.after.end()
    this.over = ''
    void this.desk.refresh()
  }

  async scan(strokes: readonly Stroke[]): Promise<void> {
    const code = cardCodeOf(strokes)
    if (!code) {
      this.remark = 'scan.unknown'
      return
    }
    if (this.after.isJoining) return this.after.takeCard(code)
    this.after.end()
    this.over = 'customer'
    const isFound = await this.desk.byCard(code)
    if (isFound && this.over === 'customer') this.over = ''
  }

  /** Articles changed, here or elsewhere. */
  async reload(): Promise<void> {
    const reply = await openTill(this.place)
    if (reply.ok) this.opening = reply.value
  }

  #hear(closing: Closing, outcome: Outcome): void {
    this.isOffline = outcome.kind === 'unanswered'
    if (outcome.kind === 'unanswered') void this.#renewToken()
    if (this.after.hear(closing, outcome)) return
    if (outcome.kind === 'recorded') this.remark = 'closing.later'
  }

  /** Another page may have signed in since: the sale is sent again with the token of now. */
  async #renewToken(): Promise<void> {
    const reply = await readSession()
    if (reply.ok) setCsrfToken(reply.value.csrf_token)
  }

  #listen(kept: Kept): void {
    const online = (): void => void this.closings.send()
    window.addEventListener('online', online)
    // Whoever comes back to the till finds the articles and the balance of now.
    const shown = (): void => {
      if (document.visibilityState !== 'visible') return
      void this.reload()
      void this.desk.refresh()
    }
    document.addEventListener('visibilitychange', shown)
    this.#stop = [
      () => window.removeEventListener('online', online),
      () => document.removeEventListener('visibilitychange', shown),
      kept.watch((name) => {
        if (name === 'basket') this.basket.reload()
        else this.closings.reload()
      }),
    ]
  }
}
