// Who is signed in, to which shop, and what they may do. No markup, no text.
import { setCsrfToken, type ApiError } from '$shared/api'
import { setCountry, setCurrency, setTimeZone } from '$shared/format'
import { languageFrom, setLanguage } from '$shared/i18n/catalogue.svelte'
import type { Refreshed } from '$shared/live'
import {
  readSession,
  signIn,
  signOut,
  type Entry,
  type Merchant,
  type Permission,
  type SessionReply,
  type TeamMember,
} from './sessionApi'

export type Stage = 'starting' | 'unreachable' | 'out' | 'in'

const RETRY_MS = 3_000

export class Session {
  stage = $state<Stage>('starting')
  merchant = $state.raw<Merchant>()
  member = $state.raw<TeamMember>()
  /** They have to set up their second factor before anything else. */
  isLimited = $state(false)
  /** The session ended while somebody was at work: sign in again, over the page. */
  hasExpired = $state(false)
  /** Where the live stream goes on. */
  seq = 0
  #permissions = $state.raw<readonly Permission[]>([])
  #waiting: ((isBack: boolean) => void)[] = []

  can(permission: Permission): boolean {
    return this.#permissions.includes(permission)
  }

  async start(): Promise<void> {
    const reply = await readSession()
    if (reply.ok) return this.#enter(reply.value)
    if (reply.error.isPassing) {
      this.stage = 'unreachable'
      setTimeout(() => void this.start(), RETRY_MS)
    } else this.stage = 'out'
  }

  /** For the live stream: everything anew, and where the stream goes on. */
  async refresh(): Promise<Refreshed> {
    const reply = await readSession()
    if (!reply.ok) return reply.error.status === 401 ? 'refused' : 'unreachable'
    this.#enter(reply.value)
    return { seq: reply.value.seq }
  }

  /** Undefined when it worked. */
  async signIn(entry: Entry): Promise<ApiError | undefined> {
    const before = this.merchant?.id
    const reply = await signIn(entry)
    if (!reply.ok) return reply.error
    setCsrfToken(reply.value.csrf_token)
    const isOther = before !== undefined && before !== reply.value.session.merchant.id
    if (isOther) location.reload() // nothing of the other shop stays on the screen
    const whole = await readSession()
    if (!whole.ok) return whole.error
    this.#enter(whole.value)
    this.#settle(!isOther)
    return undefined
  }

  async signOut(): Promise<ApiError | undefined> {
    const reply = await signOut()
    if (!reply.ok && reply.error.status !== 401) return reply.error
    this.leave()
    return undefined
  }

  /** Asked when the server no longer knows us: true once somebody has signed in again. */
  expire(): Promise<boolean> {
    if (this.stage !== 'in') return Promise.resolve(false)
    this.hasExpired = true
    return new Promise((answer) => this.#waiting.push(answer))
  }

  leave(): void {
    this.stage = 'out'
    this.merchant = undefined
    this.member = undefined
    this.#permissions = []
    this.#settle(false)
  }

  #settle(isBack: boolean): void {
    this.hasExpired = false
    for (const answer of this.#waiting.splice(0)) answer(isBack)
  }

  #enter(reply: SessionReply): void {
    const { merchant, team_member, permissions } = reply.session
    setCsrfToken(reply.csrf_token)
    this.seq = reply.seq
    setLanguage(languageFrom([team_member.language ?? merchant.language]))
    setCountry(merchant.country)
    setCurrency(merchant.currency)
    setTimeZone(team_member.time_zone ?? merchant.time_zone)
    this.merchant = merchant
    this.member = team_member
    this.isLimited = reply.session.limited
    this.#permissions = permissions
    this.stage = 'in'
  }
}
