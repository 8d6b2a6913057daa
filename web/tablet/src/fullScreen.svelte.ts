// The whole screen, from the first touch on, unless the shop's people said otherwise on this device.

const KEY = 'habitue.tablet.window'

interface Keyboard {
  lock?: (keys: readonly string[]) => Promise<void>
}

export class FullScreen {
  isOn = $state(false)
  readonly isPossible: boolean = document.fullscreenEnabled
  #isWanted = localStorage.getItem(KEY) === null

  start(): void {
    const look = (): void => void (this.isOn = document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', look)
    look()
  }

  /** Called with every touch: browsers allow it only then. */
  touched(): void {
    if (this.#isWanted) this.#enter()
  }

  toggle(): void {
    this.#isWanted = !this.isOn
    if (this.#isWanted) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, '1')
    if (this.#isWanted) this.#enter()
    else void document.exitFullscreen().catch(() => undefined)
  }

  #enter(): void {
    if (!this.isPossible || document.fullscreenElement) return
    const keyboard = (navigator as Navigator & { keyboard?: Keyboard }).keyboard
    document.documentElement
      .requestFullscreen({ navigationUI: 'hide' })
      .then(() => keyboard?.lock?.(['Escape'])) // then Escape says no to a purchase, and stays here
      .catch(() => undefined)
  }
}
