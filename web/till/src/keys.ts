// What a key does while nothing lies over the counter. The letters are the catalogue's.
import { t } from '$shared/i18n/till'
import type { Counter } from './counter.svelte'

export interface Doing {
  readonly closeSale: () => void
  readonly addAmount: (sign: 1 | -1) => void
  readonly removeLine: () => void
  readonly undo: () => void
  readonly searchArticles: () => void
}

function letters(counter: Counter, doing: Doing): Record<string, () => void> {
  return {
    [t('key.articles')]: doing.searchArticles,
    [t('key.amount')]: () => (counter.tab = 'amount'),
    [t('key.customer')]: () => (counter.over = 'customer'),
    [t('key.sales')]: () => (counter.over = 'sales'),
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
    Delete: doing.removeLine,
    ArrowUp: () => basket.choose(-1),
    ArrowDown: () => basket.choose(1),
    ArrowRight: () => step(1),
    ArrowLeft: () => step(-1),
    '?': () => (counter.over = 'keys'),
    '/': doing.searchArticles,
  }
}

/** Back to the counter: the next Enter closes the sale, and repeats no button touched before. */
function leaveControl(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
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
