// The start page, in English.
import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const en: Translation<typeof fr> = {
  sentence: 'So that your customers come back.',
  apps: 'The four apps',
  next: 'coming next',
  tablet: 'The tablet',
  'tablet.for':
    'On the counter: the purchase appears, the customer types a number, the points are kept.',
  dashboard: 'The dashboard',
  'dashboard.for': 'For the shop: its customers, its rewards, its figures.',
  till: 'The till',
  'till.for': 'To take payment with no other equipment, and reward in the same gesture.',
  app: 'The app',
  'app.for': 'For the customer: card, points and rewards in a pocket.',
}
