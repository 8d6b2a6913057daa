// Whether a programme earns today.
import type { Program } from '../../shopApi'
import { today } from './shopTime'

export type State = 'running' | 'suspended' | 'ended' | 'closing'

export function stateOf(program: Program): State {
  if (program.closing_at) return 'closing'
  if (program.status === 'INACTIVE') return 'suspended'
  return program.ends_on && program.ends_on < today() ? 'ended' : 'running'
}
