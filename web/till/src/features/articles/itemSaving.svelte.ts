// An article that is being made, changed or taken away. No markup, no text.
import { onceKey, type Reply } from '$shared/api'
import { removeItem, saveCategory, saveItem, type Item } from '../../tillApi'
import { variationsOf, type TypedVariation } from './typedItem'

export interface TypedItem {
  readonly name: string
  readonly category: string
  readonly variations: readonly TypedVariation[]
}

export class ItemSaving {
  busy = $state(false)
  /** An error's name. */
  error = $state('')
  readonly #item: Item | undefined
  readonly #currency: string
  /** One for what is typed; another when it was refused and is typed anew. */
  #key = onceKey()
  #categoryKey = onceKey()

  constructor(item: Item | undefined, currency: string) {
    this.#item = item
    this.#currency = currency
  }

  /** Of a family that is not there yet, makes it first. */
  async save(typed: TypedItem, items: readonly Item[]): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.error = ''
    const category = await this.#categoryId(typed.category.trim(), items)
    const isSaved = category !== undefined && this.#note(await this.#save(typed, category))
    this.busy = false
    return isSaved
  }

  async takeAway(): Promise<boolean> {
    if (!this.#item || this.busy) return false
    this.busy = true
    this.error = ''
    const isGone = this.#note(await removeItem(this.#item.id))
    this.busy = false
    return isGone
  }

  /** Removed by mistake: the same article, with another number. */
  async bringBack(): Promise<boolean> {
    if (!this.#item) return false
    const { name, category, tax, variations } = this.#item
    const again = variations.map((variation, i) => ({ ...variation, id: `#variation${i}` }))
    const wanted = {
      name,
      category_id: category?.id ?? '',
      tax_id: tax?.id ?? '',
      variations: again,
    }
    return this.#note(await saveItem('#new', wanted, onceKey()))
  }

  #save({ name, variations }: TypedItem, category_id: string): Promise<Reply<unknown>> {
    const wanted = {
      name: name.trim(),
      category_id,
      tax_id: this.#item?.tax?.id ?? '',
      variations: variationsOf(variations, this.#currency),
    }
    return saveItem(this.#item?.id ?? '#new', wanted, this.#key)
  }

  async #categoryId(name: string, items: readonly Item[]): Promise<string | undefined> {
    if (!name) return ''
    const known = items.find(({ category }) => category?.name === name)?.category
    if (known) return known.id
    const reply = await saveCategory(name, this.#categoryKey)
    this.#note(reply)
    return reply.ok ? reply.value.catalog_object.id : undefined
  }

  #note(reply: Reply<unknown>): boolean {
    if (reply.ok) return true
    this.error = reply.error.code
    if (reply.error.isPassing) return false
    this.#key = onceKey()
    this.#categoryKey = onceKey()
    return false
  }
}
