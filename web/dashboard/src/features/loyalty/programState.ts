// Whether a programme earns today.
import { day } from '$shared/format'
import type { Program } from '../../shopApi'
import { today } from './shopTime'

export type State = 'running' | 'suspended' | 'ended' | 'closing'

/** The last day on which what customers have in it counts; of one that is being deleted. */
export function lastDayOf({ closing_at }: Program): string {
  return closing_at ? day(new Date(Date.parse(closing_at) - 1)) : ''
}

export function stateOf(program: Program): State {
  if (program.closing_at) return 'closing'
  if (program.status === 'INACTIVE') return 'suspended'
  return program.ends_on && program.ends_on < today() ? 'ended' : 'running'
}
