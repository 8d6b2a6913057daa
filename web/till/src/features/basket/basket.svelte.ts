// The basket of the moment: its lines, who it is for, what they take with their points. Kept in the
// browser at each change, the same in all its pages.
import { onceKey } from '$shared/api'
import type { Item, Variation } from '../../tillApi'
import { add, countOf, setQuantity, totalOf, without, type Line } from './basket'
import type { Kept } from './kept'
import {
  withoutRefused,
  type Applied,
  type AppliedCredit,
  type AppliedNote,
  type Paying,
} from './payables'

export interface Person {
  readonly id: string
  readonly name: string
}

export interface Content extends Paying {
  /** Names the sale that this basket becomes, on every retry and in every page. */
  readonly key: string
  readonly lines: readonly Line[]
  readonly person?: Person
}

const NAME = 'basket'
const empty = (): Content => ({ key: onceKey(), lines: [], rewards: [], notes: [] })

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
    this.content = { ...empty(), ...this.#kept.read<Content>(NAME) }
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
    const { lines, rewards, credit, notes } = this.content
    return lines.length + rewards.length + notes.length === 0 && !credit
  }

  /** False when it would not be a basket any more: too long, too dear, or below nothing. */
  addAmount(name: string, unit_minor: number, quantity: number): boolean {
    return this.#add({ id: onceKey(), name, unit_minor, quantity })
  }

  /** `unit_minor`: told at the till, of a variation that has no price. */
  addItem(
    item: Item,
    variation: Variation,
    quantity: number,
    unit_minor = variation.price_money?.amount ?? 0,
  ): boolean {
    const name = variation.name ? `${item.name} · ${variation.name}` : item.name
    const ids = { item_id: item.id, variation_id: variation.id }
    return this.#add({ id: onceKey(), name, ...ids, unit_minor, quantity })
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
    const { key, lines, notes } = this.content
    const others = notes.filter(({ isTheirs }) => !isTheirs)
    this.#set(person ? { ...this.content, person } : { key, lines, rewards: [], notes: others })
  }

  apply(reward: Applied): void {
    if (this.content.rewards.some(({ id }) => id === reward.id)) return
    this.#set({ ...this.content, rewards: [...this.content.rewards, reward] })
  }

  unapply(id: string): void {
    this.#set({ ...this.content, rewards: this.content.rewards.filter((one) => one.id !== id) })
  }

  /** Undefined: it stays where it is. */
  setCredit(credit: AppliedCredit | undefined): void {
    const { credit: _, ...rest } = this.content
    this.#set(credit ? { ...rest, credit } : rest)
  }

  applyNote(note: AppliedNote): void {
    if (this.content.notes.some(({ id }) => id === note.id)) return
    this.#set({ ...this.content, notes: [...this.content.notes, note] })
  }

  unapplyNote(id: string): void {
    this.#set({ ...this.content, notes: this.content.notes.filter((one) => one.id !== id) })
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
   * What could not be closed is here again, in front of what came meanwhile, without what was
   * refused. Rewards that were handed over are remembered by their keys.
   */
  putBack({ content, refusedField = '' }: { content: Content; refusedField?: string }): void {
    const person = this.content.person ?? content.person
    const isSame = person?.id === content.person?.id
    const left = withoutRefused(content, refusedField)
    const credit = this.content.credit ?? (isSame ? left.credit : undefined)
    const notes = left.notes.filter(({ isTheirs }) => isSame || !isTheirs)
    this.#set({
      key: onceKey(),
      lines: [...content.lines, ...this.lines],
      rewards: [...(isSame ? left.rewards : []), ...this.content.rewards],
      notes: [...notes, ...this.content.notes],
      ...(credit ? { credit } : {}),
      ...(person ? { person } : {}),
    })
  }

  #add(line: Line): boolean {
    const next = add(this.lines, line)
    if (!this.#take(next)) return false
    const same = this.lines.find(
      ({ variation_id }) => variation_id && variation_id === line.variation_id,
    )
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
