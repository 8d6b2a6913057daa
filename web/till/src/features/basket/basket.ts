// What is in a basket and what it comes to. Whole numbers of the currency's smallest unit only: the
// server counts again, and must come to the same.

export interface Line {
  readonly id: string
  readonly name: string
  /** Of an article; a typed amount has none. */
  readonly item_id?: string
  /** What of the article has the price. */
  readonly variation_id?: string
  /** Negative: a discount. */
  readonly unit_minor: number
  readonly quantity: number
}

export const QUANTITY_MAX = 999
export const LINES_MAX = 100
/** What the ledger takes in one sum. */
const TOTAL_MAX = 1_000_000_000_000

export function lineTotal(line: Pick<Line, 'unit_minor' | 'quantity'>): number {
  return line.unit_minor * line.quantity
}

export function totalOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + lineTotal(line), 0)
}

/** How many things; discounts are none. */
export function countOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + (line.unit_minor < 0 ? 0 : line.quantity), 0)
}

/** A basket that the server would refuse is not made. */
function isPossible(lines: readonly Line[]): boolean {
  const total = totalOf(lines)
  return lines.length <= LINES_MAX && total >= 0 && total <= TOTAL_MAX
}

/** One more line, or one that grows: the same article at the same price has one line. */
export function add(lines: readonly Line[], line: Line): readonly Line[] | undefined {
  const same = lines.find(
    (other) =>
      line.item_id !== undefined &&
      other.item_id === line.item_id &&
      other.variation_id === line.variation_id &&
      other.unit_minor === line.unit_minor,
  )
  if (same) return setQuantity(lines, same.id, same.quantity + line.quantity)
  const next = [...lines, line]
  return isPossible(next) ? next : undefined
}

/** undefined: not possible. A quantity of 0 is not: what goes away is removed, and can come back. */
export function setQuantity(
  lines: readonly Line[],
  id: string,
  quantity: number,
): readonly Line[] | undefined {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > QUANTITY_MAX) return undefined
  const next = lines.map((line) => (line.id === id ? { ...line, quantity } : line))
  return isPossible(next) ? next : undefined
}

/** Without a line; discounts that are more than what is left go with it. */
export function without(lines: readonly Line[], id: string): readonly Line[] {
  const next = lines.filter((line) => line.id !== id)
  return totalOf(next) < 0 ? next.filter((line) => line.unit_minor >= 0) : next
}
