// The till's whole state: who is signed in, at which place it stands, and what is sold there.
import { onSignedOut, setCsrfToken } from '$shared/api'
import { applyBrand } from '$shared/brand'
import { forgetDrafts } from '$shared/draft.svelte'
import { setCountry, setCurrency } from '$shared/format'
import { languageFrom, setLanguage } from '$shared/i18n/catalogue.svelte'
import { Counter } from './counter.svelte'
import { openTill, readSession, signOut, type Opening, type Place, type Session } from './tillApi'

export type Stage = 'starting' | 'unreachable' | 'signIn' | 'place' | 'refused' | 'selling'

const RETRY_MS = 3_000
/** Another place is chosen then: that one is gone, or somebody else's. */
const PLACES_LOST = ['LOCATION_UNKNOWN', 'LOCATION_FORBIDDEN']
const PLACE = 'habitue.till.place.'

export class Till {
  stage = $state<Stage>('starting')
  session = $state.raw<Session['session']>()
  places = $state.raw<readonly Place[]>([])
  counter = $state.raw<Counter>()
  /** A session ended in the middle: the sign-in lies over the page. */
  isSigningInAgain = $state(false)
  #again: ((isIn: boolean) => void) | undefined

  async start(): Promise<void> {
    const reply = await readSession()
    if (reply.ok && !reply.value.session.limited) return this.adopt(reply.value)
    if (reply.ok) {
      this.stage = 'signIn'
      return
    }
    if (reply.error.isPassing) {
      this.stage = 'unreachable'
      setTimeout(() => void this.start(), RETRY_MS)
      return
    }
    this.stage = 'signIn'
  }

  /** Somebody is signed in, for the first time or again. */
  async adopt(value: Session): Promise<void> {
    const isOther = this.session && this.session.merchant.id !== value.session.merchant.id
    setCsrfToken(value.csrf_token)
    this.session = value.session
    const { merchant, team_member } = value.session
    setLanguage(languageFrom([team_member?.language ?? merchant.language]))
    setCountry(merchant.country)
    setCurrency(merchant.currency)
    applyBrand(merchant.brand_color)
    onSignedOut(() => this.#signInAgain())
    if (this.#again && !isOther) return this.#endAgain(true)
    this.#endAgain(false)
    await this.open(this.#rememberedPlace())
  }

  can(permission: string): boolean {
    return this.session?.permissions.includes(permission) ?? false
  }

  /** Opens the till of a place; without one, of the only place or asks which. */
  async open(place?: string): Promise<void> {
    const reply = await openTill(place)
    if (!reply.ok && place && PLACES_LOST.includes(reply.error.code)) return this.open()
    if (!reply.ok && reply.error.isPassing) {
      this.stage = 'unreachable'
      setTimeout(() => void this.open(place), RETRY_MS)
      return
    }
    if (!reply.ok) {
      this.stage = 'refused'
      return
    }
    this.places = reply.value.locations
    if (!place && this.places.length > 1) {
      this.stage = 'place'
      return
    }
    this.#stand(reply.value)
  }

  /** Somebody else stands here now; what is being sold stays. */
  serveAs(value: Session): void {
    setCsrfToken(value.csrf_token)
    this.session = value.session
  }

  changePlace(): void {
    this.stage = 'place'
  }

  async leave(): Promise<void> {
    onSignedOut(undefined)
    await signOut()
    forgetDrafts()
    this.counter?.close()
    this.counter = undefined
    this.session = undefined
    this.stage = 'signIn'
  }

  /** What was typed stays; whoever gives up starts from the beginning. */
  giveUpSigningIn(): void {
    onSignedOut(undefined)
    this.#endAgain(false)
    this.counter?.close()
    this.counter = undefined
    this.stage = 'signIn'
  }

  #stand(opening: Opening): void {
    const merchant = this.session?.merchant
    if (!merchant) return
    this.#rememberPlace(opening.till.location.id)
    this.counter?.close()
    this.counter = new Counter(merchant, opening)
    this.stage = 'selling'
  }

  #signInAgain(): Promise<boolean> {
    this.isSigningInAgain = true
    return new Promise((done) => (this.#again = done))
  }

  #endAgain(isIn: boolean): void {
    this.isSigningInAgain = false
    this.#again?.(isIn)
    this.#again = undefined
  }

  #rememberedPlace(): string | undefined {
    try {
      return localStorage.getItem(PLACE + this.session?.merchant.id) ?? undefined
    } catch {
      return undefined
    }
  }

  #rememberPlace(id: string): void {
    try {
      localStorage.setItem(PLACE + this.session?.merchant.id, id)
    } catch {
      // a browser that keeps nothing asks each time
    }
  }
}
