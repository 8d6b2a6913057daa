// What the page shows of the directory: a view, its filters, how many they find. No markup.
import { Loaded } from '$shared/state/loaded.svelte'
import { CustomerList } from './customerList.svelte'
import {
  countFound,
  readSegments,
  readTags,
  type Filter,
  type Segment,
  type Segments,
  type Sort,
  type Tag,
} from './directoryApi'

/** Counting everybody again costs something; nobody reads numbers faster than this. */
const COUNT_EVERY_MS = 4000
export const EVERYBODY = 'all'

const same = (a: Filter, b: Filter): boolean => JSON.stringify(a) === JSON.stringify(b)

export class Directory {
  readonly list = new CustomerList()
  readonly tags = new Loaded<readonly Tag[]>(readTags)
  readonly segments = new Loaded<Segments>(readSegments)
  filter = $state.raw<Filter>({})
  sort = $state<Sort>('CREATED_AT')
  /** The tab that is open: a segment's id. */
  view = $state(EVERYBODY)
  count = $state<number>()
  #words = ''
  #counting = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  get words(): string {
    return this.#words
  }

  get segment(): Segment | undefined {
    return this.segments.value?.segments.find(({ id }) => id === this.view)
  }

  /** What is shown differs from the view it began with: it can be saved. */
  get isEdited(): boolean {
    const { segment } = this
    return segment ? !same(segment.filter, this.filter) : !same({}, this.filter)
  }

  async find(words: string): Promise<void> {
    this.#words = words
    void this.#recount()
    await this.list.find({ words, filter: this.filter, sort: this.sort })
  }

  async narrow(filter: Filter): Promise<void> {
    this.filter = filter
    await this.find(this.#words)
  }

  async order(sort: Sort): Promise<void> {
    this.sort = sort
    await this.find(this.#words)
  }

  async open(view: string): Promise<void> {
    this.view = view
    await this.narrow(this.segment?.filter ?? {})
  }

  start(): () => void {
    void this.tags.load()
    void this.segments.load()
    return () => clearTimeout(this.#timer)
  }

  /** Something moved: the list at once, the numbers in a moment. */
  follow(): void {
    void this.list.refresh()
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.tags.load()
      void this.segments.load()
      void this.#recount()
    }, COUNT_EVERY_MS)
  }

  async #recount(): Promise<void> {
    this.#counting += 1
    const counting = this.#counting
    const reply = await countFound(this.#words, this.filter)
    if (counting === this.#counting && reply.ok) this.count = reply.value
  }
}
