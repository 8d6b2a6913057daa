// The start page and the demo's messages, in English.
import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const en: Translation<typeof fr> = {
  sentence: 'So that your customers come back.',
  apps: 'The four apps',
  noAnswer: 'Habitué does not answer. Trying again in a moment.',
  demo: 'This is a demo: nothing is sent to anybody.',
  'demo.messages': 'Read the messages that would have gone out',
  dashboard: 'The dashboard',
  'dashboard.for': 'For the shop: its customers, its rewards, its figures.',
  'dashboard.try': 'To try: look for a customer, correct their points, change the shop’s colour.',
  till: 'The till',
  'till.for': 'To take payment with no other equipment, and reward in the same gesture.',
  'till.try': 'To try: sell two things, then let the customer join with a made-up number.',
  tablet: 'The tablet',
  'tablet.for':
    'On the counter: the purchase appears, the customer types a number, the points are kept.',
  'tablet.try': 'To try: connect it by signing in, then close a sale on its till.',
  app: 'The app',
  'app.for': 'For the customer: card, points and rewards in a pocket.',
  'app.try': 'To try: choose a shop and ask for a code; it arrives among the messages.',
  'app.where': 'Every shop has its own: the code on its tablet leads there.',
  messages: 'The messages',
  'messages.for': 'The demo sends nothing: what would have gone out appears here, at once.',
  'messages.starting': 'One moment…',
  'messages.none': 'No message yet.',
  'messages.noneHow': 'Ask for a code in a shop’s app: it arrives here.',
  'messages.noDemo': 'This server is not a demo.',
  'message.to': 'Message to {address}',
  'message.copy': 'Copy the code',
  'message.copied': 'Code copied',
}
