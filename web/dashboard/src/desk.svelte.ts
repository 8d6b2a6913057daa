// What every page works with: who is signed in, the shop's programmes and places, and the hints that
// something moved. There is one for the whole app.
import { onSignedOut } from '$shared/api'
import { forgetDrafts } from '$shared/draft.svelte'
import { Hints } from './hints.svelte'
import { Session } from './features/session/session.svelte'
import { streamAddress, type Merchant, type Permission } from './features/session/sessionApi'
import { readLocations, readPrograms, type Location, type Program } from './shopApi'
import { Loaded } from '$shared/state/loaded.svelte'

export class Desk {
  readonly session = new Session()
  readonly hints = new Hints()
  readonly programs = new Loaded<readonly Program[]>(readPrograms)
  readonly locations = new Loaded<readonly Location[]>(readLocations)

  /** Until the result is called. */
  start(): () => void {
    onSignedOut(() => this.session.expire())
    const lose = (): void => this.hints.lose()
    const look = (): void => this.hints.look()
    window.addEventListener('offline', lose)
    window.addEventListener('online', look)
    void this.session.start()
    return () => {
      window.removeEventListener('offline', lose)
      window.removeEventListener('online', look)
      this.hints.stop()
    }
  }

  /** Somebody is signed in: the stream of hints opens. The result ends it. */
  listen(seq: number): () => void {
    void this.programs.load()
    void this.locations.load()
    this.hints.start({ url: streamAddress, refresh: () => this.session.refresh() }, seq)
    const stop = this.hints.on('settings', () => {
      void this.programs.load()
      void this.locations.load()
      void this.session.refresh()
    })
    return () => {
      stop()
      this.hints.stop()
    }
  }

  async signOut(): Promise<void> {
    await this.session.signOut()
    forgetDrafts()
  }

  can(permission: Permission): boolean {
    return this.session.can(permission)
  }

  /** The shop; pages exist only while somebody is signed in. */
  get merchant(): Merchant {
    const { merchant } = this.session
    if (!merchant) throw new Error('nobody is signed in')
    return merchant
  }

  locationName(id: string | undefined): string {
    return this.locations.value?.find((location) => location.id === id)?.name ?? ''
  }
}

export const desk = new Desk()
