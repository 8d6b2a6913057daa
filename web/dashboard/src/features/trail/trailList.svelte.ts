// The trail with its filters. What is filtered stands in the address.
import { Pages } from '$shared/state/pages.svelte'
import { isOperation } from './operations'
import { readTrail, TRAIL_KINDS, type TrailEntry, type TrailFilter } from './trailApi'

/** What a person chose; '' is no filter. */
export interface TrailChoice {
  readonly day: string
  readonly who: string
  readonly kind: string
  readonly operation: string
  readonly place: string
  readonly customer: string
}
export const NO_CHOICE: TrailChoice = {
  day: '',
  who: '',
  kind: '',
  operation: '',
  place: '',
  customer: '',
}

const ID = /^[a-z]{3}_[0-9a-z]{13}$/

export function choiceOf(query: URLSearchParams): TrailChoice {
  const text = (name: string, isRight: (text: string) => boolean): string => {
    const found = query.get(name) ?? ''
    return isRight(found) ? found : ''
  }
  const isId = (found: string): boolean => ID.test(found)
  return {
    day: text('day', (found) => /^\d{4}-\d\d-\d\d$/.test(found)),
    who: text('who', isId),
    kind: text('kind', (found) => TRAIL_KINDS.some((kind) => kind === found)),
    operation: text('operation', isOperation),
    place: text('place', isId),
    customer: text('customer', isId),
  }
}

export function filterOf({ day, who, kind, operation, place, customer }: TrailChoice): TrailFilter {
  return {
    ...(day && { from: day, to: day }),
    ...(who && { author_id: who }),
    ...(kind && { kind }),
    ...(operation && { operation }),
    ...(place && { location_id: place }),
    ...(customer && { customer_id: customer }),
  }
}

export class TrailList extends Pages<TrailEntry> {
  #filter: TrailFilter = {}

  constructor() {
    super((cursor) => readTrail(this.#filter, cursor))
  }

  async show(filter: TrailFilter): Promise<void> {
    this.#filter = filter
    await this.restart()
  }
}
