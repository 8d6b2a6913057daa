// What the two-list picker shows, and what a tap on it makes of the choice. No markup, no words.

export interface Choice {
  readonly id: string
  readonly name: string
  /** Said beside it: a price. */
  readonly note?: string | undefined
}

/** A category with its articles. Without an id (what is in no category) it cannot be chosen whole. */
export interface ChoiceGroup {
  readonly id: string
  readonly name: string
  readonly choices: readonly Choice[]
}

/** Whole categories, with all that will be in them, and single articles besides. */
export interface Picked {
  readonly categories: readonly string[]
  readonly items: readonly string[]
}

export interface Row extends Choice {
  readonly kind: 'category' | 'item'
  readonly isChosen: boolean
  /** Its whole category is chosen: it needs no choosing of its own. */
  readonly isWithin: boolean
}

export interface RowGroup {
  readonly id: string
  readonly name: string
  readonly rows: readonly Row[]
}

/** More rows than these are not drawn: whoever looks for one types its name. */
export const ROWS_MAX = 400

/** Without accents and capitals. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

/** Whether every word typed begins a word of the name. */
export function isFound(name: string, typed: string): boolean {
  const words = plain(typed).split(/\s+/).filter(Boolean)
  const parts = plain(name).split(/[^\p{L}\p{N}]+/u)
  return words.every((word) => parts.some((part) => part.startsWith(word)))
}

function rowsOf(group: ChoiceGroup, picked: Picked, typed: string): Row[] {
  const isWhole = picked.categories.includes(group.id)
  const isCategoryFound = isFound(group.name, typed)
  const whole: Row = {
    kind: 'category',
    id: group.id,
    name: group.name,
    isChosen: isWhole,
    isWithin: false,
  }
  const items = group.choices
    .filter(({ name }) => isCategoryFound || isFound(`${group.name} ${name}`, typed))
    .map((choice): Row => {
      const isChosen = isWhole || picked.items.includes(choice.id)
      return { ...choice, kind: 'item', isChosen, isWithin: isWhole }
    })
  return group.id && isCategoryFound ? [whole, ...items] : items
}

/** The catalog as far as it is drawn, and how many articles more there are. */
export function availableRows(
  groups: readonly ChoiceGroup[],
  picked: Picked,
  typed: string,
): { groups: readonly RowGroup[]; rest: number } {
  const shown: RowGroup[] = []
  let drawn = 0
  let rest = 0
  for (const group of groups) {
    const rows = rowsOf(group, picked, typed)
    const room = Math.max(0, ROWS_MAX - drawn)
    if (rows.length > 0 && room > 0) {
      shown.push({ id: group.id, name: group.name, rows: rows.slice(0, room) })
    }
    drawn += rows.length
    rest += Math.max(0, rows.length - room)
  }
  return { groups: shown, rest }
}

/** What was chosen, categories first. What is in the catalog no longer has no name. */
export function chosenRows(groups: readonly ChoiceGroup[], picked: Picked): readonly Row[] {
  const choices = new Map(groups.flatMap(({ choices: all }) => all).map((one) => [one.id, one]))
  const row = (kind: Row['kind'], id: string, choice?: { name: string; note?: string }): Row => ({
    kind,
    id,
    name: choice?.name ?? '',
    note: choice?.note,
    isChosen: true,
    isWithin: false,
  })
  const nameOf = (id: string): { name: string } | undefined => groups.find((one) => one.id === id)
  return [
    ...picked.categories.map((id) => row('category', id, nameOf(id))),
    ...picked.items.map((id) => {
      const { name, note } = choices.get(id) ?? { name: '' }
      return row('item', id, note === undefined ? { name } : { name, note })
    }),
  ]
}

const without = (ids: readonly string[], gone: readonly string[]): readonly string[] =>
  ids.filter((id) => !gone.includes(id))

/** Adds what was not chosen, and takes away what was. A category takes its articles with it. */
export function toggle(groups: readonly ChoiceGroup[], picked: Picked, row: Row): Picked {
  if (row.isWithin) return picked
  const { categories, items } = picked
  if (row.kind === 'item') {
    return row.isChosen
      ? { categories, items: without(items, [row.id]) }
      : { categories, items: [...items, row.id] }
  }
  if (row.isChosen) return { categories: without(categories, [row.id]), items }
  const inside = groups.find(({ id }) => id === row.id)?.choices.map(({ id }) => id) ?? []
  return { categories: [...categories, row.id], items: without(items, inside) }
}
