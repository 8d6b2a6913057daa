// The pages behind the home page. They come after it, while nobody waits: the door and the day's figures
// are seen first.
import type { Component } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { Job } from '../routes'

type Module = { readonly default: Component }
export type Later = Exclude<Job, 'home' | 'password'> | 'circulation'

const MODULES: Readonly<Record<Later, () => Promise<Module>>> = {
  customers: () => import('../features/customers/Customers.svelte'),
  sales: () => import('../features/sales/Sales.svelte'),
  loyalty: () => import('../features/loyalty/Loyalty.svelte'),
  catalog: () => import('../features/catalog/Catalog.svelte'),
  circulation: () => import('../features/circulation/Circulation.svelte'),
  tablets: () => import('../features/tablets/Tablets.svelte'),
  messages: () => import('../features/messages/Messages.svelte'),
  trail: () => import('../features/trail/Trail.svelte'),
  settings: () => import('../features/settings/Settings.svelte'),
  profile: () => import('../features/profile/Profile.svelte'),
}

export class Pages {
  /** The page asked for last could not be had: no network, or a newer version of the server. */
  isLost = $state(false)
  #arrived = new SvelteMap<Later, Component>()

  /** The page when it is there already: it is shown without a gap. */
  of(name: Later): Component | undefined {
    return this.#arrived.get(name)
  }

  async fetch(name: Later): Promise<void> {
    if (this.#arrived.has(name)) return
    try {
      this.#arrived.set(name, (await MODULES[name]()).default)
      this.isLost = false
    } catch {
      this.isLost = true
    }
  }

  /** All of them, one after the other. One that does not come is asked for again when it is opened. */
  async fetchAll(): Promise<void> {
    for (const name of Object.keys(MODULES) as Later[]) {
      const page = await MODULES[name]().catch(() => undefined)
      if (page) this.#arrived.set(name, page.default)
    }
  }
}

export const pages = new Pages()
