// The shop's catalog as far as programmes need it: articles to choose from, and what they are called.
import { get, type ApiError, type Reply } from '../api'
import type { ChoiceGroup } from '../ui/twoLists'

interface Named {
  readonly id: string
  readonly name: string
}
interface CatalogArticle extends Named {
  /** The category it is in; '' for none. */
  readonly category: string
}

interface Variation {
  readonly id: string
  readonly item_variation_data?: { readonly name?: string }
}
interface CatalogObject {
  readonly type: string
  readonly id: string
  readonly item_data?: {
    readonly name: string
    readonly category_id?: string
    readonly categories?: readonly { readonly id: string }[]
    readonly variations?: readonly Variation[]
  }
  readonly category_data?: { readonly name: string }
}
interface CatalogPage {
  readonly objects?: readonly CatalogObject[]
  readonly cursor?: string
}

function pathOf(cursor: string): string {
  const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
  return `/v2/catalog/list?types=ITEM,CATEGORY${more}`
}

function articlesOf(object: CatalogObject): CatalogArticle[] {
  const { item_data: item } = object
  if (!item) return []
  const category = item.category_id ?? item.categories?.[0]?.id ?? ''
  const { variations = [] } = item
  return variations.map(({ id, item_variation_data: variation }) => ({
    id,
    name: variations.length > 1 ? `${item.name}, ${variation?.name ?? ''}` : item.name,
    category,
  }))
}

export class CatalogLists {
  articles = $state.raw<readonly CatalogArticle[]>([])
  categories = $state.raw<readonly Named[]>([])
  /** False until it was read, or could not be. */
  started = $state(false)
  error = $state.raw<ApiError>()
  #reading: Promise<void> | undefined
  #names = $derived(
    new Map([...this.articles, ...this.categories].map(({ id, name }) => [id, name])),
  )

  /** Reads it, unless it was read before or is being read. */
  async need(): Promise<void> {
    this.#reading ??= this.load()
    await this.#reading
    if (this.error) this.#reading = undefined
  }

  async load(): Promise<void> {
    const objects: CatalogObject[] = []
    let cursor: string | undefined = ''
    while (cursor !== undefined) {
      const reply: Reply<CatalogPage> = await get(pathOf(cursor))
      this.error = reply.ok ? undefined : reply.error
      if (!reply.ok) break
      objects.push(...(reply.value.objects ?? []))
      cursor = reply.value.cursor
    }
    this.started = true
    if (!this.error) this.#take(objects)
  }

  /** Its articles under their categories; those in none are last. */
  get groups(): readonly ChoiceGroup[] {
    const within = (category: string): readonly Named[] =>
      this.articles.filter((article) => article.category === category)
    const groups = this.categories.map(({ id, name }) => ({ id, name, choices: within(id) }))
    const rest = within('')
    return rest.length ? [...groups, { id: '', name: '', choices: rest }] : groups
  }

  get isEmpty(): boolean {
    return this.articles.length === 0 && this.categories.length === 0
  }

  /** What an article or a category is called. */
  readonly nameOf = (id: string): string | undefined => this.#names.get(id)

  #take(objects: readonly CatalogObject[]): void {
    const categories = objects.flatMap(({ id, category_data: data }) =>
      data ? [{ id, name: data.name }] : [],
    )
    this.categories = categories
    this.articles = objects.flatMap(articlesOf)
  }
}
