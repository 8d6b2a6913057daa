// A tablet's pairing code and how long it is still good for.
import { Intention } from '$shared/state/intention.svelte'
import { makePairingCode, type PairingCode } from './tabletsApi'

export class Pairing {
  code = $state.raw<PairingCode>()
  left_ms = $state(0)
  readonly intention = new Intention()
  #tablet: string

  constructor(tablet: string) {
    this.#tablet = tablet
  }

  get isOver(): boolean {
    return this.code !== undefined && this.left_ms <= 0
  }

  async make(): Promise<void> {
    const made = await this.intention.run({ tablet: this.#tablet }, ({ tablet }) =>
      makePairingCode(tablet),
    )
    if (made) this.code = made
    this.tick()
  }

  /** Called every second. */
  tick(): void {
    this.left_ms = this.code ? Math.max(0, Date.parse(this.code.expires_at) - Date.now()) : 0
  }
}
