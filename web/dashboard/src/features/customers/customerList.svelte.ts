// The list of customers: newest first, or those that words find while they are typed.
import { Pages } from '../../state/pages.svelte'
import { listCustomers, type ListedCustomer } from './customersApi'

export class CustomerList extends Pages<ListedCustomer> {
  /** The words that the list shown was found by. */
  words = $state('')
  #asked = ''

  constructor() {
    super((cursor) => listCustomers(this.#asked, cursor))
  }

  async find(words: string): Promise<void> {
    this.#asked = words
    await this.restart()
    if (words === this.#asked && !this.error) this.words = words
  }
}
