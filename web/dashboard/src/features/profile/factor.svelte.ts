// Setting up a second factor, renewing its recovery codes, and ending it: who asks proves it first. No
// markup, no text.
import { Intention } from '$shared/state/intention.svelte'
import {
  confirmSecondFactor,
  endSecondFactor,
  offerSecondFactor,
  renewRecoveryCodes,
  type Offer,
  type Proof,
} from './profileApi'

export type FactorWish = 'setUp' | 'renew' | 'end'

export class Factor {
  step = $state<'prove' | 'scan' | 'codes' | 'done'>('prove')
  offer = $state.raw<Offer>()
  /** Shown this once. */
  codes = $state.raw<readonly string[]>([])
  readonly intention = new Intention()
  readonly wish: FactorWish

  constructor(wish: FactorWish) {
    this.wish = wish
  }

  async prove(proof: Proof): Promise<void> {
    if (this.wish === 'setUp') {
      this.offer = await this.intention.run(proof, offerSecondFactor)
      if (this.offer) this.step = 'scan'
    } else if (this.wish === 'renew') {
      this.#show(await this.intention.run(proof, renewRecoveryCodes))
    } else if ((await this.intention.run(proof, endSecondFactor)) !== undefined) this.step = 'done'
  }

  async confirm(code: string): Promise<void> {
    this.#show(await this.intention.run({ code }, (told) => confirmSecondFactor(told.code)))
  }

  finish(): void {
    this.codes = []
    this.step = 'done'
  }

  #show(codes: readonly string[] | undefined): void {
    if (!codes) return
    this.offer = undefined
    this.codes = codes
    this.step = 'codes'
  }
}
