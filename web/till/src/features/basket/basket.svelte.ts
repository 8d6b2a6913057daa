// The basket of the moment: its lines, who it is for, what they take with their points. Kept in the
// browser at each change, the same in all its pages.
import { onceKey } from '$shared/api'
import type { Item } from '../../tillApi'
import { add, countOf, setQuantity, totalOf, without, type Line } from './basket'
import type { Kept } from './kept'

export interface Person {
  readonly id: string
  readonly name: string
  /** How they were found, to ask for their balance again. */
  readonly by: { readonly phone_number: string } | { readonly card_code: string }
}

/** A reward that is handed over when the basket is closed. */
export interface Applied {
  readonly id: string
  readonly name: string
  /** Taken here, for this basket: removing it gives its points back. */
  readonly wasTaken: boolean
  /** Of handing it over. */
  readonly key: string
}

export interface Content {
  /** Names the sale that this basket becomes, on every retry and in every page. */
  readonly key: string
  readonly lines: readonly Line[]
  readonly person?: Person
  readonly rewards: readonly Applied[]
}

const NAME = 'basket'
const empty = (): Content => ({ key: onceKey(), lines: [], rewards: [] })

export class Basket {
  content = $state.raw<Content>(empty())
  /** The line that the arrow keys change: the last one touched. */
  chosen = $state('')
  /** Lines as they were, newest last; for undo. */
  #before: (readonly Line[])[] = []
  readonly #kept: Kept

  constructor(kept: Kept) {
    this.#kept = kept
    this.reload()
  }

  /** Another page changed it. */
  reload(): void {
    this.content = this.#kept.read<Content>(NAME) ?? empty()
  }

  get lines(): readonly Line[] {
    return this.content.lines
  }

  get total_minor(): number {
    return totalOf(this.content.lines)
  }

  get count(): number {
    return countOf(this.content.lines)
  }

  get isEmpty(): boolean {
    return this.content.lines.length === 0 && this.content.rewards.length === 0
  }

  /** False when it would not be a basket any more: too long, too dear, or below nothing. */
  addAmount(name: string, unit_minor: number, quantity: number): boolean {
    return this.#add({ id: onceKey(), name, unit_minor, quantity })
  }

  addItem(item: Item, quantity: number): boolean {
    const { id: item_id, name, price_money } = item
    return this.#add({ id: onceKey(), name, item_id, unit_minor: price_money.amount, quantity })
  }

  setQuantity(id: string, quantity: number): boolean {
    this.chosen = id
    return this.#take(setQuantity(this.lines, id, quantity))
  }

  /** The line above or below. */
  choose(by: 1 | -1): void {
    const at = this.lines.findIndex(({ id }) => id === this.chosen)
    const next = Math.min(this.lines.length - 1, Math.max(0, at + by))
    this.chosen = this.lines[next]?.id ?? ''
  }

  remove(id: string): void {
    this.#take(without(this.lines, id))
  }

  clear(): void {
    this.#take([])
  }

  /** The lines as they were before the last change. */
  undo(): void {
    const before = this.#before.pop()
    if (before) this.#set({ ...this.content, lines: before })
  }

  setPerson(person: Person | undefined): void {
    const { key, lines } = this.content
    this.#set(person ? { ...this.content, person } : { key, lines, rewards: [] })
  }

  apply(reward: Applied): void {
    if (this.content.rewards.some(({ id }) => id === reward.id)) return
    this.#set({ ...this.content, rewards: [...this.content.rewards, reward] })
  }

  unapply(id: string): void {
    this.#set({ ...this.content, rewards: this.content.rewards.filter((one) => one.id !== id) })
  }

  /** Gives what is to be closed, and is a new basket. */
  takeAll(): Content {
    const content = this.content
    this.#before = []
    this.chosen = ''
    this.#set(empty())
    return content
  }

  /**
   * What could not be closed is here again, in front of what came meanwhile, without the reward that
   * could not be handed over. Those that were are remembered by their keys.
   */
  putBack({ content, refusedReward }: { content: Content; refusedReward?: string }): void {
    const person = this.content.person ?? content.person
    const isSame = person?.id === content.person?.id
    const rewards = isSame ? content.rewards.filter(({ id }) => id !== refusedReward) : []
    this.#set({
      key: onceKey(),
      lines: [...content.lines, ...this.lines],
      rewards: [...rewards, ...this.content.rewards],
      ...(person ? { person } : {}),
    })
  }

  #add(line: Line): boolean {
    const next = add(this.lines, line)
    if (!this.#take(next)) return false
    const same = this.lines.find(({ item_id }) => item_id && item_id === line.item_id)
    this.chosen = same?.id ?? line.id
    return true
  }

  #take(lines: readonly Line[] | undefined): boolean {
    if (!lines) return false
    this.#before = [...this.#before.slice(-19), this.lines]
    if (!lines.some(({ id }) => id === this.chosen)) this.chosen = lines.at(-1)?.id ?? ''
    this.#set({ ...this.content, lines })
    return true
  }

  #set(content: Content): void {
    this.content = content
    this.#kept.write(NAME, content)
  }
}
