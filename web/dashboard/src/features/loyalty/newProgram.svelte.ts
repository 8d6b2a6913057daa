// The first programme: one of three kinds, a name, a rule, one reward. Everything is filled in with what
// most shops take, so that it can be made with one tap.
import type { Terminology } from '$shared/format'
import { parseWhole } from '$shared/numbers'
import type { Program, ProgramType } from '../../shopApi'
import { Intention } from '../../state/intention.svelte'
import { createProgram, type NewProgram } from './loyaltyApi'
import { ruleOf, ruleProblems, type TypedRule } from './rule'

export interface TypedProgram extends TypedRule {
  type: ProgramType
  name: string
  rewardName: string
  rewardPoints: string
}
export type ProgramProblem = 'name' | 'points' | 'amount' | 'rewardName' | 'rewardPoints'

export class NewProgramForm {
  readonly intention = new Intention()
  /** Problems are told once somebody tried to send the form. */
  tried = $state(false)
  #currency: string
  #locale: string

  constructor(currency: string, locale: string) {
    this.#currency = currency
    this.#locale = locale
  }

  problems(typed: TypedProgram): readonly ProgramProblem[] {
    const points = parseWhole(typed.rewardPoints, this.#locale)
    return [
      ...(typed.name.trim() ? [] : (['name'] as const)),
      ...ruleProblems(typed, this.#currency, this.#locale),
      ...(typed.rewardName.trim() ? [] : (['rewardName'] as const)),
      ...(points !== undefined && points >= 1 ? [] : (['rewardPoints'] as const)),
    ]
  }

  async run(typed: TypedProgram, terminology: Terminology): Promise<Program | undefined> {
    this.tried = true
    const rule = ruleOf(typed, this.#currency, this.#locale)
    if (!rule || this.problems(typed).length) return undefined
    const points = parseWhole(typed.rewardPoints, this.#locale) ?? 0
    const wish: NewProgram = {
      name: typed.name.trim(),
      type: typed.type,
      terminology,
      accrual_rules: [rule],
      reward_tiers: [{ name: typed.rewardName.trim(), points }],
    }
    const done = await this.intention.run(wish, createProgram)
    return done?.program
  }
}
