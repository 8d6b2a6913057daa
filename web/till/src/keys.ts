// What a key does while nothing lies over the counter. The letters are the catalogue's.
import { tick } from 'svelte'
import { t } from '$shared/i18n/till'
import { isolated } from '$shared/names'
import { toasts } from '$shared/ui/toasts.svelte'
import type { Counter } from './counter.svelte'
import { leaveControl } from './ui/keepFocus'

export interface Doing {
  readonly closeSale: () => void
  readonly addAmount: (sign: 1 | -1) => void
  readonly removeLine: (id: string) => void
  readonly clear: () => void
  readonly undo: () => void
  readonly searchArticles: () => void
}

/** What hands do at a counter, by touch or by key, with the words that go with it. */
export function doingAt(counter: Counter, focusSearch: () => void): Doing {
  const { basket } = counter
  const undo = (): void => basket.undo()
  return {
    closeSale: () => void counter.closeSale(t('basket.amount')),
    addAmount: (sign) =>
      counter.addAmount(sign > 0 ? t('basket.amount') : t('basket.discount'), sign),
    removeLine: (id) => {
      const line = basket.lines.find((one) => one.id === id)
      if (!line) return
      basket.remove(id)
      toasts.say(t('basket.removed', { name: isolated(line.name) }), undo)
    },
    clear: () => {
      basket.clear()
      toasts.say(t('basket.cleared'), undo)
    },
    undo,
    searchArticles: () => {
      counter.tab = 'articles'
      void tick().then(focusSearch)
    },
  }
}

function letters(counter: Counter, doing: Doing): Record<string, () => void> {
  return {
    [t('key.articles')]: doing.searchArticles,
    [t('key.amount')]: () => (counter.tab = 'amount'),
    [t('key.customer')]: () => (counter.over = 'customer'),
    [t('key.record')]: () => counter.openRecord(),
    [t('key.sales')]: () => counter.open('sales'),
    [t('key.day')]: () => counter.open('day'),
    [t('key.undo')]: doing.undo,
    X: () => counter.amount.times(),
  }
}

function others(counter: Counter, doing: Doing): Record<string, () => void> {
  const { amount, basket } = counter
  const step = (by: number): void => {
    const line = basket.lines.find(({ id }) => id === basket.chosen)
    if (line) basket.setQuantity(line.id, line.quantity + by)
  }
  return {
    Enter: doing.closeSale,
    '+': () => doing.addAmount(1),
    '-': () => doing.addAmount(-1),
    '*': () => amount.times(),
    '×': () => amount.times(),
    ',': () => amount.press(','),
    '.': () => amount.press(','),
    Backspace: () => amount.erase(),
    Escape: () => amount.clear(),
    Delete: () => doing.removeLine(basket.chosen),
    ArrowUp: () => basket.choose(-1),
    ArrowDown: () => basket.choose(1),
    ArrowRight: () => step(1),
    ArrowLeft: () => step(-1),
    '?': () => (counter.over = 'keys'),
    '/': doing.searchArticles,
  }
}

/** True: the key meant something here. */
export function press(key: string, counter: Counter, doing: Doing): boolean {
  const isDigit = /^\d$/.test(key)
  const run = isDigit
    ? (): void => counter.amount.press(key)
    : (others(counter, doing)[key] ?? letters(counter, doing)[key.toUpperCase()])
  if (!run) return false
  leaveControl()
  run()
  return true
}
