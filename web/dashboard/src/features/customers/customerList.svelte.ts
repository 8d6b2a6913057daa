// The list of customers: those that a search finds, page by page.
import { Pages } from '$shared/state/pages.svelte'
import { listCustomers, type ListedCustomer, type Search } from './customersApi'

export class CustomerList extends Pages<ListedCustomer> {
  /** What the list shown was found by. */
  shown = $state.raw<Search>({ words: '', filter: {}, sort: 'CREATED_AT' })
  #asked: Search = this.shown

  constructor() {
    super((cursor) => listCustomers(this.#asked, cursor))
  }

  get words(): string {
    return this.shown.words
  }

  async find(search: Search): Promise<void> {
    this.#asked = search
    await this.restart()
    if (search === this.#asked && !this.error) this.shown = search
  }
}
