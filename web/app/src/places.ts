// The app's pages, below /app/<slug>.
import { Router } from '$shared/router.svelte'

export type Page =
  'home' | 'qr' | 'rewards' | 'use' | 'note' | 'showing' | 'history' | 'account' | 'legal'
export type Places = Router<Page>

export function placesOf(slug: string): Places {
  return new Router<Page>(`/app/${encodeURIComponent(slug)}`, {
    home: '/',
    qr: '/card',
    rewards: '/rewards',
    use: '/rewards/:reward',
    note: '/notes/:note',
    showing: '/rewards/:reward/showing',
    history: '/history',
    account: '/account',
    legal: '/legal',
  })
}
