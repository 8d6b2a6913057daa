// The tablet's whole state: which screen, which order, who is cut off. No markup, no text.
import { setCountry, setCurrency, type Units } from '$shared/format'
import { languageFrom, setLanguage } from '$shared/i18n/catalogue.svelte'
import { Live, type Refreshed } from '$shared/live'
import { Claiming } from './features/claim/claim.svelte'
import { StaffMenu } from './features/staff/staffMenu.svelte'
import { OrderQueue } from './orderQueue.svelte'
import { endForgotten } from './staffSession.svelte'
import {
  holdToken,
  readTablet,
  streamAddress,
  type Claim,
  type GoneReason,
  type Order,
  type TabletState,
} from './tabletApi'

export type Stage = 'starting' | 'unreachable' | 'activation' | 'working'

const RETRY_START_MS = 3_000
const THANKS_MS = 15_000
/** A thank-you is not cut shorter than this, even when the next customer's order is there. */
const THANKS_MIN_MS = 5_000
/** With a code to scan: a telephone has to be found first. */
const SCAN_MS = 45_000
const SCAN_MIN_MS = 20_000
const REMARK_MS = 8_000
/** Offers begin and end with the clock, and nobody tells the tablet. */
const OFFERS_MS = 5 * 60_000
const NO_PROGRAM: Units = { type: 'points', terminology: { one: '', other: '' } }

/** Errors of a claim after which its order no longer waits. */
const ORDER_IS_OVER = ['ORDER_ALREADY_CLAIMED', 'ORDER_CLAIM_EXPIRED', 'ORDER_UNKNOWN']

/** Errors of a claim that a fresh state repairs. */
const STATE_IS_OLD = ['NOTICE_REQUIRED', 'FIELD_VALUE', 'CSRF']

export class Tablet {
  stage = $state<Stage>('starting')
  state = $state<TabletState>()
  isOffline = $state(false)
  /** It worked before, and the server no longer knows it. */
  wasRemoved = $state(false)
  /** Since when it is cut off; 0: it is not. */
  offlineSince_ms = $state(0)
  thanks = $state<{ claim: Claim; since_ms: number }>()
  readonly staff = new StaffMenu()
  /** A passing line on the idle screen: why an order went away. */
  remark = $state('')
  /** The server's time, told every second. */
  now_ms = $state(Date.now())
  readonly queue = new OrderQueue()
  claiming = $state(new Claiming('FR'))

  #identifyUntil_ms = $state(0)
  #ahead_ms = 0
  #remarkUntil_ms = 0
  #live: Live | undefined

  async start(): Promise<void> {
    setInterval(() => this.#tick(), 1000)
    setInterval(() => this.#live?.look(), OFFERS_MS)
    window.addEventListener('offline', () => this.#live?.lose())
    window.addEventListener('online', () => this.#live?.look())
    await endForgotten()
    await this.connect()
  }

  /** What orders give; a shop without a program has none that do. */
  get units(): Units {
    return this.state?.program ?? NO_PROGRAM
  }

  /** Somebody in the dashboard wants to know which tablet this is. */
  get isIdentified(): boolean {
    return this.#identifyUntil_ms > this.now_ms
  }

  /** What is left of the thank-you's time, from 1 to 0. */
  get thanksShare(): number {
    if (!this.thanks) return 0
    return 1 - (this.now_ms - this.thanks.since_ms) / this.#stay.most_ms
  }

  openStaffMenu(): void {
    if (this.state) this.staff.open(this.state.merchant.id, this.state.pin_set)
  }

  /** Ends this device's being a tablet. */
  async leave(): Promise<void> {
    if (!(await this.staff.leave())) return
    this.#live?.stop()
    this.#forget()
    this.wasRemoved = false
  }

  /** Loads the state and listens. Called at the start and after an activation. */
  async connect(): Promise<void> {
    const found = await this.#refresh()
    if (found === 'refused') return
    if (found === 'unreachable') {
      this.stage = 'unreachable'
      setTimeout(() => void this.connect(), RETRY_START_MS)
      return
    }
    this.stage = 'working'
    this.wasRemoved = false
    this.#live?.stop()
    this.#live = new Live({
      url: streamAddress,
      events: ['order', 'order_gone', 'settings', 'identify'],
      onEvent: (name, value) => this.#hear(name, value),
      onState: (state) => this.#feel(state === 'offline'),
      refresh: () => this.#refresh(),
    })
    this.#live.start(found.seq)
  }

  async give(): Promise<void> {
    const order = this.queue.chosen
    if (!order || !this.state) return
    const claim = await this.claiming.run(order, this.state.notice)
    if (claim) return this.#thank(claim)
    const error = this.claiming.error
    if (STATE_IS_OLD.includes(error)) this.#live?.look()
    if (!ORDER_IS_OVER.includes(error)) return
    this.#say(`error.${error}`)
    this.#drop(order.id)
  }

  choose(id: string): void {
    this.claiming.restart()
    this.queue.choose(id)
  }

  decline(): void {
    this.claiming.restart()
    this.queue.setChosenAside()
    this.queue.showNext()
  }

  endThanks(): void {
    this.thanks = undefined
    this.queue.showNext()
  }

  async #refresh(): Promise<Refreshed> {
    const reply = await readTablet()
    if (!reply.ok) {
      if (reply.error.status !== 401 && reply.error.status !== 403) return 'unreachable'
      this.wasRemoved = this.state !== undefined
      this.#forget()
      return 'refused'
    }
    this.#adopt(reply.value)
    return { seq: reply.value.seq }
  }

  /** Nothing of the shop stays on a device that is not its tablet. */
  #forget(): void {
    this.state = undefined
    this.thanks = undefined
    this.#feel(false)
    this.staff.close()
    this.queue.replace([])
    this.stage = 'activation'
  }

  #feel(isOffline: boolean): void {
    if (isOffline === this.isOffline) return
    this.offlineSince_ms = isOffline ? Date.now() : 0
    if (!isOffline) void endForgotten()
    this.isOffline = isOffline
  }

  #adopt(state: TabletState): void {
    const isFirst = this.state?.merchant.id !== state.merchant.id
    this.#ahead_ms = Date.parse(state.server_time) - Date.now()
    this.#setClock()
    this.state = state
    holdToken(state.csrf_token)
    setLanguage(languageFrom([state.merchant.language]))
    setCountry(state.merchant.country)
    setCurrency(state.merchant.currency)
    if (isFirst) this.claiming = new Claiming(state.merchant.country)
    const claimed = this.#beingClaimed
    const isListed = state.orders.some((order) => order.id === claimed?.id)
    this.#rearrange(() =>
      this.queue.replace(claimed && !isListed ? [...state.orders, claimed] : state.orders),
    )
  }

  /** The order of a claim on its way: what becomes of it, the server's answer will say. */
  get #beingClaimed(): Order | undefined {
    return this.claiming.busy ? this.queue.chosen : undefined
  }

  /** A change of the orders; when another one comes on the screen, nothing typed stays there. */
  #rearrange(change: () => void): void {
    const before = this.queue.chosen?.id
    change()
    if (this.queue.chosen?.id !== before) this.claiming.restart()
  }

  #hear(name: string, value: unknown): void {
    if (name === 'settings') return this.#live?.look()
    if (name === 'identify') {
      this.#identifyUntil_ms = Date.parse((value as { until: string }).until)
      return this.#setClock()
    }
    if (name === 'order') {
      const order = value as Order
      const isBusy = this.claiming.isInUse || this.thanks !== undefined
      return this.#rearrange(() => this.queue.put(order, isBusy))
    }
    const gone = value as { id: string; reason: GoneReason }
    if (this.#beingClaimed?.id === gone.id) return
    if (this.queue.chosen?.id === gone.id) this.#say(`gone.${gone.reason}`)
    this.#drop(gone.id)
  }

  #thank(claim: Claim): void {
    this.claiming.restart()
    this.queue.remove(claim.order_id)
    this.thanks = { claim, since_ms: this.now_ms }
  }

  #drop(id: string): void {
    this.#rearrange(() => {
      const wasShown = this.queue.chosen?.id === id
      this.queue.remove(id)
      if (wasShown && !this.thanks) this.queue.showNext()
    })
  }

  #say(remark: string): void {
    this.remark = remark
    this.#remarkUntil_ms = Date.now() + REMARK_MS
  }

  #setClock(): void {
    this.now_ms = Date.now() + this.#ahead_ms
  }

  get #stay(): { most_ms: number; least_ms: number } {
    return this.thanks?.claim.sign_in
      ? { most_ms: SCAN_MS, least_ms: SCAN_MIN_MS }
      : { most_ms: THANKS_MS, least_ms: THANKS_MIN_MS }
  }

  #tick(): void {
    this.#setClock()
    this.staff.tick()
    if (this.remark && Date.now() > this.#remarkUntil_ms) this.remark = ''
    this.#expire()
    if (!this.thanks) return
    const shown_ms = this.now_ms - this.thanks.since_ms
    const nextWaits = this.queue.hasFresh && shown_ms >= this.#stay.least_ms
    if (shown_ms >= this.#stay.most_ms || nextWaits) this.endThanks()
  }

  #expire(): void {
    const shown = this.queue.chosen?.id
    for (const order of this.queue.expired(this.now_ms)) {
      if (this.#beingClaimed?.id === order.id) continue
      if (order.id === shown) this.#say('gone.expired')
      this.#drop(order.id)
    }
  }
}
