// Words of the pieces that all apps share, in English.
import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const en: Translation<typeof fr> = {
  close: 'Close',
  cancel: 'Cancel',
  undo: 'Undo',
  more: 'Show more',
  retry: 'Try again',
  loading: 'Loading…',
  'field.optional': '(optional)',
  'search.clear': 'Clear the search',
  'color.pick': '{label}: choose from a palette',
  'color.none': 'Write a colour such as #8a3b12.',
  'color.fine': 'This colour reads well everywhere.',
  'color.moved':
    'Too light for words: buttons and links take its darker neighbour. Large surfaces keep your colour.',
  'color.sample': 'Button',
  'trend.more': '{share} more than {beforeWords}',
  'trend.less': '{share} less than {beforeWords}',
  'trend.same': 'as many as {beforeWords}',
  'trend.new': 'nothing in {beforeWords}',
  'chart.table': 'See the figures',
  'chart.how': 'Left and right arrows read day by day.',
  'chart.day': 'Day',
  'chart.summary':
    '{label}, from {from} to {to}: {total} in all, the highest on {bestDay} with {best}.',
}
