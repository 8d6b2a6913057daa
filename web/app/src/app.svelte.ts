// The app's whole state: which shop, whose card, how fresh it is. No markup, no text.
import { onSignedOut } from '$shared/api'
import { applyBrand } from '$shared/brand'
import { setCountry, setCurrency } from '$shared/format'
import {
  language,
  LANGUAGES,
  languageFrom,
  setLanguage,
  type Language,
} from '$shared/i18n/catalogue.svelte'
import {
  isSignedOut,
  ShopApi,
  type Account,
  type Card,
  type CreditNote,
  type Program,
  type Reward,
  type Shop,
} from './appApi'
import { arrive, type Arrival } from './arrival'
import { Join } from './features/join/join.svelte'
import { Rewards } from './features/rewards/rewards.svelte'
import { Keep } from './keep'
import { keepPicture } from './offline'

export type Stage = 'starting' | 'nowhere' | 'unreachable' | 'outside' | 'inside'
type Found = 'here' | 'refused' | 'unreachable'

/** A card as it was when the server last told it. */
interface KeptCard {
  readonly card: Card
  readonly read_at: string
}

/** Points that have just landed on the account of a program. */
export interface Landed {
  readonly program: string
  readonly from: number
  readonly to: number
}

const LOOK_MS = 15_000
const RETRY_MS = 4_000

export class CustomerApp {
  stage = $state<Stage>('starting')
  shop = $state.raw<Shop>()
  card = $state.raw<Card>()
  /** When the server last told the card. */
  readAt = $state('')
  isOffline = $state(false)
  /** The session ended while something was on the screen: signing in goes over it. */
  mustSignIn = $state(false)
  /** Why somebody is outside: the error of a sign-in link, ENDED, REMOVED or COOKIES. */
  outsideReason = $state('')
  landed = $state.raw<Landed>()
  /** A link would replace the card that is here: the person says whether it may. */
  isLinkAsked = $state(false)

  readonly arrival: Arrival
  readonly api: ShopApi
  readonly keep: Keep
  readonly join: Join
  readonly rewards: Rewards
  #ahead_ms = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #signedInAgain: ((isSame: boolean) => void) | undefined

  constructor(arrival: Arrival = arrive()) {
    this.arrival = arrival
    this.api = new ShopApi(arrival.slug)
    this.keep = new Keep(arrival.slug)
    this.join = new Join(this.api, this.keep, () => this.enter())
    this.rewards = new Rewards(this)
  }

  /** The server's time, as far as we know it. */
  get now_ms(): number {
    return Date.now() + this.#ahead_ms
  }

  setServerTime(server_time: string): void {
    this.#ahead_ms = Date.parse(server_time) - Date.now()
  }

  /** What the shop offers, and what this customer has besides; the main one first. */
  get programs(): readonly Program[] {
    const theirs = (this.card?.accounts ?? []).map(({ program }) => program) // told more often
    const others = (this.shop?.programs ?? []).filter(
      (offered) => !theirs.some(({ id }) => id === offered.id),
    )
    return [...theirs, ...others].sort((a, b) => Number(b.is_main) - Number(a.is_main))
  }

  /** The program of a reward: what its points are called. */
  programOf(reward: Reward): Program | undefined {
    return this.card?.accounts.find(({ id }) => id === reward.loyalty_account_id)?.program
  }

  /** Credit notes with something left, the one that ends first at the front. */
  get notes(): readonly CreditNote[] {
    const end = ({ expires_at }: CreditNote): number => Date.parse(expires_at ?? '') || Infinity
    return (this.card?.credit_notes ?? [])
      .filter(({ balance_money, ended_at }) => balance_money.amount > 0 && !ended_at)
      .sort((a, b) => end(a) - end(b))
  }

  accountOf(program: Program): Account | undefined {
    return this.card?.accounts.find((account) => account.program_id === program.id)
  }

  async start(): Promise<void> {
    if (!this.arrival.slug) return void (this.stage = 'nowhere')
    if (this.arrival.source) this.keep.write('source', this.arrival.source)
    this.#showKept()
    this.#listen()
    await this.open()
  }

  /** Asks for all of it. Called at the start, and again while the server cannot be reached. */
  async open(): Promise<void> {
    clearTimeout(this.#timer)
    const [shop] = await Promise.all([this.api.shop(language()), this.#find()])
    if (shop.ok) this.#adoptShop(shop.value)
    else if (!shop.error.isPassing) return void (this.stage = 'nowhere')
    if (this.shop && this.stage !== 'starting' && this.stage !== 'unreachable') return
    this.stage = 'unreachable'
    this.#timer = setTimeout(() => void this.open(), RETRY_MS)
  }

  /** Somebody has signed in: their card, and what they were doing. */
  async enter(): Promise<void> {
    const before = this.card?.customer.id
    onSignedOut(undefined) // a browser that keeps no cookie would wait for this sign-in for ever
    const found = await this.refresh()
    if (found === 'refused') this.outsideReason = 'COOKIES'
    if (found !== 'here') return
    this.outsideReason = ''
    this.keep.remove('source')
    this.mustSignIn = false
    this.stage = 'inside'
    this.#signedInAgain?.(before === this.card?.customer.id)
    this.#signedInAgain = undefined
  }

  /** Reads the card again. */
  async refresh(): Promise<Found> {
    const reply = await this.api.card()
    this.isOffline = !reply.ok && reply.error.isPassing
    if (reply.ok) this.adopt(reply.value)
    if (reply.ok) return 'here'
    return isSignedOut(reply.error) ? 'refused' : 'unreachable'
  }

  /** A card as the server tells it now. */
  adopt(card: Card): void {
    if (this.card?.customer.id !== card.customer.id) this.#forget()
    else this.#notice(card)
    this.setServerTime(card.server_time)
    this.card = card
    this.readAt = card.server_time
    this.keep.write('card', { card, read_at: card.server_time } satisfies KeptCard)
    onSignedOut(() => this.#signInAgain())
    this.rewards.compare(card)
  }

  async signOut(): Promise<boolean> {
    onSignedOut(undefined)
    const reply = await this.api.signOut()
    if (!reply.ok && !isSignedOut(reply.error)) return false
    this.leave('')
    return true
  }

  /** Nothing personal stays on this phone. */
  leave(reason: string): void {
    onSignedOut(undefined)
    this.#signedInAgain?.(false)
    this.#signedInAgain = undefined
    this.#forget()
    this.keep.wipe(['shop', 'language', 'source'])
    this.card = undefined
    this.mustSignIn = false
    this.outsideReason = reason
    this.stage = 'outside'
    this.join.restart()
  }

  async speak(chosen: Language): Promise<void> {
    setLanguage(chosen)
    this.keep.write('language', chosen)
    const reply = await this.api.shop(chosen) // its notice in the same language
    if (reply.ok) this.#adoptShop(reply.value)
  }

  #showKept(): void {
    const shop = this.keep.read<Shop>('shop')
    const kept = this.keep.read<KeptCard>('card')
    if (shop) this.#adoptShop(shop)
    else setLanguage(this.#wishedLanguage([]))
    if (!shop || !kept || this.arrival.token) return
    this.card = kept.card
    this.readAt = kept.read_at
    this.stage = 'inside'
  }

  /** The card of the link instead of the one that is here; or not. */
  async answerLink(isWanted: boolean): Promise<void> {
    const { token } = this.arrival
    this.isLinkAsked = false
    if (isWanted) await this.#followLink(token)
    else this.arrival.token = ''
  }

  /** Who is here: by the session they have, or by the link they came with. */
  async #find(): Promise<void> {
    const [found] = await Promise.all([this.refresh(), this.api.session()])
    const { token } = this.arrival
    if (found === 'here') {
      this.stage = 'inside'
      this.isLinkAsked = token !== ''
    }
    if (found !== 'refused') return
    if (token) return this.#followLink(token)
    if (this.card) this.leave('ENDED')
    else this.stage = 'outside' // perhaps in the middle of coming in
  }

  async #followLink(token: string): Promise<void> {
    const reply = await this.api.signInByLink(token)
    this.isOffline = !reply.ok && reply.error.isPassing
    if (this.isOffline) return
    this.arrival.token = ''
    if (reply.ok) return this.enter()
    // An old link, followed by somebody who is signed in: their card is what they wanted.
    onSignedOut(undefined)
    const [found] = await Promise.all([this.refresh(), this.api.session()])
    if (found === 'here') this.stage = 'inside'
    else this.leave(reply.error.code)
  }

  /** A link followed in a tab that shows the app already. */
  #arriveAgain(): void {
    const { token } = arrive()
    if (!token) return
    this.arrival.token = token
    if (this.stage === 'inside' && !this.mustSignIn) this.isLinkAsked = true
    else void this.#followLink(token)
  }

  #adoptShop(shop: Shop): void {
    this.shop = shop
    this.keep.write('shop', shop)
    setCountry(shop.merchant.country)
    setCurrency(shop.merchant.currency)
    applyBrand(shop.merchant.brand_color)
    if (shop.merchant.logo_path) void keepPicture(shop.merchant.logo_path)
    setLanguage(this.#wishedLanguage([shop.merchant.language]))
  }

  /** The one chosen here; else the phone's; else the shop's. */
  #wishedLanguage(others: readonly string[]): Language {
    const chosen = this.keep.read<string>('language')
    const known = LANGUAGES.find((one) => one === chosen)
    return known ?? languageFrom([...navigator.languages, ...others])
  }

  #notice(card: Card): void {
    for (const { program_id, balance } of card.accounts) {
      const before = this.card?.accounts.find((account) => account.program_id === program_id)
      const from = before?.balance ?? 0
      if (balance > from && !this.rewards.isGivingUp)
        this.landed = { program: program_id, from, to: balance }
    }
  }

  /** Every call that met the end of the session waits for this. */
  #signInAgain(): Promise<boolean> {
    if (this.stage !== 'inside') return Promise.resolve(false)
    this.join.restart()
    this.mustSignIn = true
    return new Promise((done) => (this.#signedInAgain = done))
  }

  #forget(): void {
    this.landed = undefined
    this.rewards.forget()
  }

  #listen(): void {
    const look = (): void => {
      if (document.visibilityState !== 'visible' || this.stage !== 'inside') return
      if (!this.mustSignIn) void this.refresh()
    }
    setInterval(look, LOOK_MS) // points may land while the card lies open
    document.addEventListener('visibilitychange', look)
    window.addEventListener('online', look)
    window.addEventListener('hashchange', () => this.#arriveAgain())
    window.addEventListener('offline', () => (this.isOffline = true))
    this.keep.watch((name) => this.#hearOtherTab(name))
  }

  /** Another tab signed out, or in. */
  #hearOtherTab(name: string): void {
    if (name !== 'card' && name !== '') return
    const kept = this.keep.read<KeptCard>('card')
    if (!kept) return this.stage === 'inside' ? this.leave('') : undefined
    if (kept.card.customer.id === this.card?.customer.id && !this.mustSignIn) {
      this.card = kept.card
      this.readAt = kept.read_at
    } else void this.api.session().then(() => this.enter())
  }
}
