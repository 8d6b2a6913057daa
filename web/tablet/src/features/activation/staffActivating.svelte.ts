// Linking this tablet to its shop by signing in on it: choose which one it is, or make a new one. No
// markup, no text.
import { onceKey, type ApiError } from '$shared/api'
import {
  appoint,
  createTablet,
  listLocations,
  listRegisters,
  listTablets,
  type ListedTablet,
  type Register,
} from '../../staffApi'
import { StaffSession } from '../../staffSession.svelte'
import { holdToken } from '../../tabletApi'

/** Nobody touched anything for so long: whoever signed in has gone away. */
const IDLE_MS = 180_000

export class StaffActivating {
  step = $state<'sign_in' | 'choose' | 'create'>('sign_in')
  readonly session = new StaffSession()
  tablets = $state<readonly ListedTablet[]>([])
  locations = $state<readonly { readonly id: string; readonly name: string }[]>([])
  #registers = $state<readonly Register[]>([])
  error = $state('')
  busy = $state(false)
  name = $state('')
  locationId = $state('')
  registerId = $state('')
  #onceKey = onceKey()
  #touched_ms = Date.now()

  /** Those of the location that was chosen. */
  get registers(): readonly Register[] {
    return this.#registers.filter((register) => register.location_id === this.locationId)
  }

  touch(): void {
    this.#touched_ms = Date.now()
  }

  get isForgotten(): boolean {
    return this.step !== 'sign_in' && Date.now() - this.#touched_ms > IDLE_MS
  }

  async signIn(): Promise<void> {
    const session = await this.session.open()
    if (!session) return
    this.touch()
    const [tablets, locations, registers] = await Promise.all([
      listTablets(),
      listLocations(),
      listRegisters(),
    ])
    if (!tablets.ok) return this.#fail(tablets.error)
    if (!locations.ok) return this.#fail(locations.error)
    if (!registers.ok) return this.#fail(registers.error)
    this.tablets = tablets.value.tablets
    this.locations = locations.value.locations
    this.#registers = registers.value.registers
    this.locationId = this.locations[0]?.id ?? ''
    this.step = this.tablets.length > 0 ? 'choose' : 'create'
  }

  /** True when this device is the tablet, and nobody is signed in on it any more. */
  async choose(id: string): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.error = ''
    const reply = await appoint(this.session.token, id)
    if (reply.ok) {
      holdToken(reply.value.csrf_token)
      await this.session.end()
    } else this.error = reply.error.code
    this.busy = false
    return reply.ok
  }

  async create(): Promise<boolean> {
    if (this.busy) return false
    this.error = this.name.trim() ? '' : 'NAME_MISSING'
    if (this.error) return false
    this.busy = true
    const isOfPlace = this.registers.some(({ id }) => id === this.registerId)
    const wish = {
      name: this.name.trim(),
      location_id: this.locationId,
      ...(isOfPlace ? { register_id: this.registerId } : {}),
    }
    const reply = await createTablet(this.session.token, wish, this.#onceKey)
    this.busy = false
    if (reply.ok) return this.choose(reply.value.tablet.id)
    this.error = reply.error.code
    return false
  }

  /** The same wish again is the same tablet; another wish is another one. */
  changeWish(): void {
    this.error = ''
    this.#onceKey = onceKey()
  }

  /** Back to the beginning, signed out. */
  async leave(): Promise<void> {
    await this.session.end()
    this.session.email = ''
    this.step = 'sign_in'
    this.error = ''
  }

  #fail(error: ApiError): void {
    this.session.error = error.code
    void this.session.end()
  }
}
