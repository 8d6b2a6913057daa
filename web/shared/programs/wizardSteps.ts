// The steps of the wizard, and what of a programme each of them asks for.
import { programProblems, type TermField, type TypedProgram } from './typedProgram'
import type { Writing } from './typedTier'

export const STEPS = ['type', 'earn', 'rewards', 'summary'] as const
export type Step = (typeof STEPS)[number]

/** What is wrong on a step; the last one is only right when all are. */
export function stepProblems(
  step: Step,
  typed: TypedProgram,
  writing: Writing,
  today: string,
): readonly TermField[] {
  const all = programProblems(typed, writing, today)
  if (step === 'type') return []
  if (step === 'rewards') return all.filter((field) => field === 'tiers')
  if (step === 'earn') return all.filter((field) => field !== 'tiers' && field !== 'name')
  return all
}

const PLAIN: readonly TermField[] = ['percent', 'points', 'amount', 'chosen', 'minimum', 'endsOn']

/** A field that is always seen; the others are folded away. */
export function isPlain(field: TermField): boolean {
  return PLAIN.includes(field)
}
