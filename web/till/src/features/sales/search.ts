// Which sales words are about: an article, a customer, an amount as it is written or typed.
import { money } from '$shared/format'
import type { Order } from '../../tillApi'

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replaceAll('.', ',')

/** Every word is in one of its texts. */
export function matches(order: Order, words: string): boolean {
  const texts = plain(
    [
      ...(order.line_items ?? []).map(({ name }) => name),
      order.paid_by?.name ?? '',
      money(order.total_money),
    ].join(' '),
  )
  return plain(words)
    .trim()
    .split(' ')
    .every((word) => texts.includes(word))
}
