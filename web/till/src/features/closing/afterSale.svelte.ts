// What follows a closing: the answer, the question whether to join, the result, the way to the card.
import type { Money } from '$shared/format'
import { identify, type Claim, type Earned, type Sale } from '../../tillApi'
import { CardLink } from '../join/cardLink.svelte'
import { Joining } from '../join/joining.svelte'
import { closingTotal, type Closing, type Outcome } from './closings.svelte'

export type Step = 'none' | 'sending' | 'unanswered' | 'refused' | 'question' | 'form' | 'done'

export interface Result {
  readonly earned: Earned | undefined
  readonly isNew: boolean
  /** Who may be shown the way to their card. */
  readonly customer: string | undefined
}

/** A second tap on « Encaisser » must not answer what comes under the finger. */
const SETTLING_MS = 400

const NOTHING: Result = { earned: undefined, isNew: false, customer: undefined }

export class AfterSale {
  step = $state<Step>('none')
  closing = $state.raw<Closing>()
  sale = $state.raw<Sale>()
  result = $state.raw<Result>(NOTHING)
  joining = $state.raw<Joining>()
  card = $state.raw<CardLink>()
  /** The tap that closed the sale is over. */
  isSettled = $state(true)
  /** The number that nobody had yet, when it was asked for. */
  phone = ''
  #hasProgram: () => boolean

  constructor(hasProgram: () => boolean) {
    this.#hasProgram = hasProgram
  }

  get isOpen(): boolean {
    return this.step !== 'none'
  }

  /** The sale that is being closed has no answer yet. */
  get isBusy(): boolean {
    return this.step === 'sending'
  }

  /** A card shown now says who joins. */
  get isJoining(): boolean {
    return this.step === 'question' || this.step === 'form'
  }

  begin(closing: Closing, phone = ''): void {
    this.end()
    this.closing = closing
    this.phone = phone
    this.step = 'sending'
    this.isSettled = false
    setTimeout(() => (this.isSettled = true), SETTLING_MS)
  }

  /** What a key does here; `next` gets the first digit of the next sale. True: it was taken. */
  key(key: string, letters: { yes: string; no: string }, next: (key: string) => boolean): boolean {
    if (!this.isSettled || this.step === 'sending' || this.step === 'refused') return false
    const letter = key.toUpperCase()
    if (this.step === 'form') return false
    if (this.step !== 'question') {
      this.end()
      return /^\d$/.test(key) ? next(key) : true
    }
    if (letter === letters.yes && this.sale) this.join(this.sale.order.id, this.sale.waiting_points)
    else if (letter === letters.no || key === 'Escape') this.decline()
    else return false
    return true
  }

  /** False when it was about another sale than the one on the screen. */
  hear(closing: Closing, outcome: Outcome): boolean {
    if (closing.content.key !== this.closing?.content.key) return false
    if (this.step !== 'sending' && this.step !== 'unanswered') return false
    if (outcome.kind === 'unanswered') this.step = 'unanswered'
    else if (outcome.kind === 'refused') this.#refuse(outcome.closing)
    else this.#recorded(outcome.sale)
    return true
  }

  /** "Oui": also later, for a sale that waits still. */
  join(order_id: string, points: number, phone = this.phone): void {
    this.joining = new Joining(order_id, points, phone)
    this.step = 'form'
  }

  decline(): void {
    this.#show(NOTHING)
  }

  /** The amount of a sale after which there is nothing to show: the next one begins at once. */
  takeQuiet(): Money | undefined {
    const { earned, customer } = this.result
    const hands = (this.closing?.content.rewards.length ?? 0) > 0
    if (this.step !== 'done' || !this.sale || earned || customer || hands) return undefined
    if (this.total_minor !== this.sale.order.total_money.amount) return undefined
    const { total_money } = this.sale.order
    this.end()
    return total_money
  }

  /** What the screen showed when the sale was closed. */
  get total_minor(): number | undefined {
    return this.closing && closingTotal(this.closing)
  }

  /** Back to the question; of a sale from the list, back to selling. */
  leaveForm(): void {
    this.joining = undefined
    if (this.sale) this.#show(NOTHING)
    else this.end()
  }

  /** The points were given to somebody who joined, or came back. */
  joined(claim: Claim): void {
    const { account, is_new, customer_id, order_id: _, ...gave } = claim
    const earned = { ...gave, balance: account.balance }
    this.joining = undefined
    this.#show({ earned, isNew: is_new, customer: customer_id })
    if (is_new) this.showCard()
  }

  /** Instead of typing a number. */
  async takeCard(card_code: string): Promise<void> {
    if (this.step === 'question' && this.sale) {
      this.join(this.sale.order.id, this.sale.waiting_points)
    }
    const joining = this.joining
    if (!joining || joining.busy) return
    const reply = await identify({ card_code })
    if (!reply.ok) joining.error = reply.error.code
    else if (reply.value.customer.phone_number) joining.phone = reply.value.customer.phone_number
  }

  showCard(): void {
    const customer = this.result.customer
    if (!customer) return
    this.card = new CardLink(customer)
    void this.card.load()
  }

  hideCard(): void {
    this.card?.end()
    this.card = undefined
  }

  end(): void {
    this.hideCard()
    this.step = 'none'
    this.closing = undefined
    this.sale = undefined
    this.joining = undefined
    this.result = NOTHING
    this.phone = ''
  }

  #refuse(closing: Closing): void {
    this.closing = closing
    this.step = 'refused'
  }

  #recorded(sale: Sale | undefined): void {
    this.sale = sale
    const person = this.closing?.content.person
    // Also for who is known here and has no account yet; or who said a number that nobody has.
    const mayJoin = !sale?.earned && ((sale?.waiting_points ?? 0) > 0 || this.phone !== '')
    if (sale && mayJoin && this.#hasProgram()) this.step = 'question'
    else this.#show({ earned: sale?.earned ?? undefined, isNew: false, customer: person?.id })
  }

  #show(result: Result): void {
    this.result = result
    this.step = 'done'
  }
}
