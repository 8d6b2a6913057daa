// The pages behind the card. They come after it, while nobody waits: a slow street corner sees the
// card first.
import type { Component } from 'svelte'
import type { CustomerApp } from './app.svelte'
import type { Shop } from './appApi'
import type { Install } from './features/install/install.svelte'
import type { Page, Places } from './places'

export interface PageProps {
  app: CustomerApp
  shop: Shop
  places: Places
  install: Install
}

/** Legal texts are anybody's: App shows them. */
type Later = Exclude<Page, 'home' | 'legal'>
type Module = { readonly default: Component<PageProps> }

const MODULES: Readonly<Record<Later, () => Promise<Module>>> = {
  qr: () => import('./features/card/QrPage.svelte'),
  rewards: () => import('./features/rewards/RewardsPage.svelte'),
  use: () => import('./features/rewards/UsePage.svelte'),
  note: () => import('./features/rewards/NotePage.svelte'),
  showing: () => import('./features/rewards/ShowingPage.svelte'),
  history: () => import('./features/history/HistoryPage.svelte'),
  account: () => import('./features/account/AccountPage.svelte'),
}
const arrived = new Map<Later, Component<PageProps>>()

/** The page when it is there already: it is shown without a gap. */
export function pageOf(name: Later): Component<PageProps> | undefined {
  return arrived.get(name)
}

export async function fetchPage(name: Later): Promise<Component<PageProps>> {
  const page = (await MODULES[name]()).default
  arrived.set(name, page)
  return page
}

/** All of them, one after the other, once the card is shown. */
export async function fetchPages(): Promise<void> {
  for (const name of Object.keys(MODULES) as Later[]) await fetchPage(name).catch(() => undefined)
}
