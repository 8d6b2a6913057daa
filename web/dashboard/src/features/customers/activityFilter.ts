// What of a customer's activity is shown: it stands in the address, and is asked of the server.
export const KINDS = [
  'EARNED',
  'REWARD',
  'CORRECTION',
  'REFUND',
  'SPENT',
  'EXPIRED',
  'MERGED',
] as const
export type EventKind = (typeof KINDS)[number]

/** Who did something, where no one person is meant; a member's id stands beside them. */
export const ACTORS = ['STAFF', 'TILL', 'TABLET', 'CUSTOMER', 'SYSTEM'] as const
export type Actors = (typeof ACTORS)[number]

/** Each '' where everything is shown. */
export interface ActivityFilter {
  readonly kind: EventKind | ''
  readonly program: string
  readonly place: string
  readonly who: string
}
export const EVERYTHING: ActivityFilter = { kind: '', program: '', place: '', who: '' }

/** From the address; a kind that does not exist is none. */
export function filterIn(query: URLSearchParams): ActivityFilter {
  const kind = KINDS.find((one) => one === query.get('kind')) ?? ''
  const of = (name: string): string => query.get(name) ?? ''
  return { kind, program: of('program'), place: of('place'), who: of('who') }
}

export function isSame(one: ActivityFilter, other: ActivityFilter): boolean {
  return (
    one.kind === other.kind &&
    one.program === other.program &&
    one.place === other.place &&
    one.who === other.who
  )
}

function actorOf(who: string): object {
  if (!ACTORS.some((one) => one === who)) return { team_member_id: who }
  return { kinds: who === 'TILL' ? ['KEY', 'POS'] : [who] }
}

/** As the server is asked. */
export function queryOf({ kind, program, place, who }: ActivityFilter): object {
  return {
    ...(kind ? { kind_filter: { kinds: [kind] } } : {}),
    ...(program ? { program_filter: { program_id: program } } : {}),
    ...(place ? { location_filter: { location_ids: [place] } } : {}),
    ...(who ? { actor_filter: actorOf(who) } : {}),
  }
}
