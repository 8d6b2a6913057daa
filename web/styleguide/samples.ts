// A bakery that never was, for the style guide.
import type { ChoiceGroup } from '$shared/ui/twoLists'
import type { Point } from '$shared/chart'

export interface Customer {
  readonly id: string
  readonly given_name: string
  readonly family_name: string
  readonly points: number
  readonly seen: string
  readonly reward: boolean
}

const DAY_MS = 86_400_000
const before = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString()

export const CUSTOMERS: readonly Customer[] = [
  {
    id: 'c1',
    given_name: 'Marie',
    family_name: 'Lefèvre',
    points: 1240,
    seen: before(0),
    reward: true,
  },
  {
    id: 'c2',
    given_name: 'ليلى',
    family_name: 'بن عمر',
    points: 80,
    seen: before(1),
    reward: false,
  },
  {
    id: 'c3',
    given_name: 'Maximilienne-Alexandrine',
    family_name: 'de la Rochefoucauld-Montbazon',
    points: 70_000,
    seen: before(3),
    reward: true,
  },
  { id: 'c4', given_name: '🌸', family_name: '', points: 0, seen: before(12), reward: false },
  { id: 'c5', given_name: '', family_name: '', points: 7, seen: before(400), reward: false },
]

/** Closed on Mondays, full on Saturdays. */
const WEEK = [0, 42_150, 38_800, 45_300, 51_200, 78_450, 61_900]

export const REVENUE: readonly Point[] = Array.from({ length: 30 }, (_, i) => ({
  day: new Date(Date.UTC(2026, 9, 24 + i)).toISOString().slice(0, 10),
  value: Math.round((WEEK[(i + 5) % 7] ?? 0) * (1 + Math.sin(i) * 0.12)),
}))

const FAMILIES = ['Pains', 'Viennoiseries', 'Boissons chaudes', 'Traiteur', 'Gâteaux']

/** A catalog of some hundreds of articles. */
export const CATALOG: readonly ChoiceGroup[] = FAMILIES.map((name, family) => ({
  id: `cat_${family}`,
  name,
  choices: Array.from({ length: 60 }, (_, i) => ({
    id: `var_${family}_${i}`,
    name: `${name} no ${i + 1}${i === 3 ? ', aux noix et aux raisins, à partager' : ''}`,
    note: `${1 + (i % 9)},${i % 2 ? '5' : '2'}0 €`,
  })),
}))
