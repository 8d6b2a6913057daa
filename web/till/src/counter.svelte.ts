// Selling at one place: the basket, its customer, its closing, and what lies over it. No markup, no
// text.
import { setCsrfToken } from '$shared/api'
import { formatUnits, type Units } from '$shared/format'
import { currencyDigits } from '$shared/numbers'
import type { Program as WholeProgram } from '$shared/programs/program'
import { Amount } from './features/amount/amount.svelte'
import { Basket } from './features/basket/basket.svelte'
import { Kept } from './features/basket/kept'
import { changesPrice } from './features/basket/payables'
import { AfterSale } from './features/closing/afterSale.svelte'
import { Closings, wishOf, type Closing, type Outcome } from './features/closing/closings.svelte'
import { Desk } from './features/customer/desk.svelte'
import { Quoting } from './features/quote/quoting.svelte'
import { scanned, type Stroke } from './features/scan/burst'
import { takeScan } from './features/scan/takeScan'
import {
  listPrograms,
  openTill,
  readSession,
  type Item,
  type Opening,
  type Order,
  type SaleWish,
  type Session,
  type Variation,
} from './tillApi'

export type Tab = 'articles' | 'amount'
export type Over =
  | ''
  | 'customer'
  | 'sales'
  | 'day'
  | 'refund'
  | 'undo'
  | 'record'
  | 'newCustomer'
  | 'keys'
  | 'article'
  | 'variation'
  | 'basket'
  | 'why'
  | 'programs'
  | 'serve'
/** A passing remark; the words are chosen where it is shown. */
export type Remark =
  | ''
  | 'scan.unknown'
  | 'scan.noteOver'
  | 'scan.rewardOver'
  | 'basket.full'
  | 'closing.later'
  | 'quote.missing'

export class Counter {
  opening = $state.raw<Opening>() as Opening
  tab = $state<Tab>('articles')
  over = $state<Over>('')
  remark = $state<Remark>('')
  /** The article that is being changed; undefined: a new one. */
  editing = $state.raw<Item>()
  /** The article of which one variation is asked for. */
  choosing = $state.raw<Item>()
  /** The day whose sales or summary are looked at; undefined: today. */
  day = $state<string>()
  /** The sale that is given back. */
  refunding = $state('')
  /** The sale that is undone as a mistake. */
  undoing = $state.raw<Order>()
  /** All programs of the shop; empty until they are known. */
  programs = $state.raw<readonly WholeProgram[]>([])
  isOffline = $state(false)
  /** Room for the keypad and the customer beside the articles. */
  isWide = $state(false)
  readonly merchant: Session['session']['merchant']
  readonly basket: Basket
  readonly amount: Amount
  readonly closings: Closings
  readonly desk: Desk
  readonly after: AfterSale
  readonly quoting: Quoting
  #isClosing = false
  #stop: (() => void)[] = []

  constructor(merchant: Session['session']['merchant'], opening: Opening) {
    this.merchant = merchant
    this.opening = opening
    const kept = new Kept(merchant.id, opening.till.location.id)
    this.basket = new Basket(kept)
    this.amount = new Amount(currencyDigits(merchant.currency))
    this.closings = new Closings(kept, (closing, outcome) => this.#hear(closing, outcome))
    this.desk = new Desk(this.basket)
    this.after = new AfterSale(() => this.opening.program !== null)
    this.quoting = new Quoting(() => this.place)
    this.tab = opening.items.length > 0 ? 'articles' : 'amount'
    this.#listen(kept)
    void this.closings.send()
    void this.desk.refresh()
    void this.readPrograms()
  }

  get place(): string {
    return this.opening.till.location.id
  }

  /** Without discounts: the basket, and an amount that is typed and not yet in it. */
  get subtotal_minor(): number {
    return this.basket.total_minor + this.amount.minor * this.amount.quantity
  }

  /** Something changes what is to be paid, which only the server can tell. */
  get hasDiscounts(): boolean {
    return this.basket.lines.length > 0 && changesPrice(this.basket.content)
  }

  /** What would be closed now; undefined while only the server knows. */
  get due_minor(): number | undefined {
    if (!this.hasDiscounts) return this.subtotal_minor
    return this.quoting.quote?.total_money.amount
  }

  get canClose(): boolean {
    return this.subtotal_minor > 0 || this.basket.content.rewards.length > 0
  }

  /** What the server is asked about: what comes off, and what the customer earns. */
  get wish(): SaleWish | undefined {
    const { key: _, ...content } = this.basket.content
    const { minor, quantity } = this.amount
    const typed = { id: '', name: '', unit_minor: minor, quantity }
    const lines = minor > 0 ? [...content.lines, typed] : content.lines
    if (lines.length === 0 || (!content.person && !changesPrice(content))) return undefined
    return wishOf({ ...content, lines }, this.merchant.currency)
  }

  /** So much of the main program's points, in words. */
  units(count: number): string {
    return this.opening.program ? formatUnits(this.opening.program, count) : ''
  }

  close(): void {
    for (const stop of this.#stop) stop()
  }

  /** With the only price that it has; otherwise somebody says which. */
  addItem(item: Item): void {
    const [only, ...others] = item.variations
    if (only?.price_money && others.length === 0) return this.addVariation(item, only)
    this.choosing = item
    this.over = 'variation'
  }

  addVariation(item: Item, variation: Variation, unit_minor?: number): void {
    const quantity = this.amount.takeQuantity()
    const isIn = this.basket.addItem(item, variation, quantity, unit_minor)
    this.remark = isIn ? '' : 'basket.full'
    if (this.over === 'variation') this.over = ''
  }

  edit(item?: Item): void {
    this.editing = item
    this.over = 'article'
  }

  /** The sales or the summary of today. */
  open(which: 'sales' | 'day'): void {
    this.day = undefined
    this.over = which
  }

  undo(order: Order): void {
    this.undoing = order
    this.over = 'undo'
  }

  /** The one that was just closed. */
  undoClosed(): void {
    const order = this.after.sale?.order
    this.after.end()
    if (order) this.undo(order)
  }

  /** What is known of the customer at the counter, as far as somebody may see it. */
  openRecord(): void {
    if (this.basket.content.person) this.over = 'record'
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
  async closeSale(amountName: string): Promise<void> {
    if (this.after.isBusy || this.#isClosing) return
    if (this.amount.minor > 0 && !this.addAmount(amountName)) return
    if (!this.canClose) return
    this.#isClosing = true
    const price_minor = await this.#price()
    this.#isClosing = false
    if (price_minor === undefined) this.remark = 'quote.missing'
    else this.#close(price_minor)
  }

  #close(shown_minor: number): void {
    this.over = ''
    const phone = this.desk.unknownPhone || (this.desk.found?.customer.phone_number ?? '')
    const closing: Closing = {
      content: this.basket.takeAll(),
      location_id: this.place,
      currency: this.merchant.currency,
      at: new Date().toISOString(),
      shown_minor,
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

  scan(strokes: readonly Stroke[]): Promise<void> {
    return takeScan(this, scanned(strokes))
  }

  /** Articles changed, here or elsewhere. */
  async reload(): Promise<void> {
    const reply = await openTill(this.place)
    if (reply.ok) this.opening = reply.value
  }

  async readPrograms(): Promise<void> {
    const reply = await listPrograms()
    if (reply.ok) this.programs = reply.value.programs ?? []
  }

  programOf(id: string): Units | undefined {
    const { program } = this.opening
    return this.programs.find((one) => one.id === id) ?? (program?.id === id ? program : undefined)
  }

  /** What an article or a family of them is called. */
  readonly nameOf = (id: string): string | undefined => {
    for (const { name, category, variations } of this.opening.items) {
      if (category?.id === id) return category.name
      const found = variations.find((variation) => variation.id === id)
      if (found) return found.name && variations.length > 1 ? `${name} · ${found.name}` : name
    }
    return undefined
  }

  /** What is to be paid, with what takes something off and nothing else; undefined: unknown. */
  async #price(): Promise<number | undefined> {
    this.quoting.want(this.wish)
    if (!this.hasDiscounts) return this.subtotal_minor
    if (!(await this.quoting.now())) return undefined
    const price_minor = this.due_minor
    this.#keepUseless()
    return price_minor
  }

  /** What takes nothing off this sale stays theirs, for another one. */
  #keepUseless(): void {
    for (const { id, kind, reason } of this.quoting.quote?.discounts ?? []) {
      if (!reason) continue
      if (kind === 'reward') this.basket.unapply(id)
      else if (kind === 'credit_note') this.basket.unapplyNote(id)
      else this.basket.setCredit(undefined)
    }
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
