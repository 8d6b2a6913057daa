// The offers of one programme: those that run or will, and those that are over.
import type { Promotion, PromotionTerms } from '$shared/programs/promotion'
import { Intention } from '$shared/state/intention.svelte'
import { Loaded } from '$shared/state/loaded.svelte'
import { cancelPromotion, createPromotion, readPromotions } from './promotionsApi'

export class Promotions {
  readonly list: Loaded<readonly Promotion[]>
  readonly changing = new Intention()
  readonly #program: string

  constructor(program: string) {
    this.#program = program
    this.list = new Loaded<readonly Promotion[]>(() => readPromotions(program))
  }

  /** Running first, then what will run. */
  get current(): readonly Promotion[] {
    const all = this.list.value ?? []
    const having = (status: Promotion['status']): Promotion[] =>
      all.filter((one) => one.status === status)
    return [...having('ACTIVE'), ...having('SCHEDULED')]
  }

  get past(): readonly Promotion[] {
    return (this.list.value ?? []).filter(
      ({ status }) => status === 'ENDED' || status === 'CANCELED',
    )
  }

  async create(terms: PromotionTerms): Promise<boolean> {
    const wish = { program: this.#program, terms }
    return this.#done(await this.changing.run(wish, createPromotion))
  }

  async cancel(promotion: Promotion): Promise<boolean> {
    const wish = { cancel: promotion.id }
    const ask = () => cancelPromotion(this.#program, promotion.id)
    return this.#done(await this.changing.run(wish, ask))
  }

  async #done(result: unknown): Promise<boolean> {
    if (result === undefined) return false
    await this.list.load()
    return true
  }
}
