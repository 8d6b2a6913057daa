// Putting the app on the home screen: one tap where the browser offers it, a drawing where it does not.
import type { Keep } from '../../keep'

/** What Chromium offers, and no library types. */
interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

/** How this phone does it: it asks by itself, through Safari's menu, or through the browser's. */
export type Way = 'prompt' | 'safari' | 'menu'

export class Install {
  /** It runs from the home screen already. */
  isInstalled = $state(false)
  wasDeclined = $state(false)
  #prompt = $state.raw<InstallPrompt>()
  readonly #keep: Keep

  constructor(keep: Keep) {
    this.#keep = keep
    this.wasDeclined = keep.read<boolean>('no_install') === true
    this.isInstalled = isStandalone()
    window.addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault() // shown when somebody wants it, not over their card
      this.#prompt = event as InstallPrompt
    })
    window.addEventListener('appinstalled', () => (this.isInstalled = true))
  }

  get way(): Way {
    if (this.#prompt) return 'prompt'
    return isApple() ? 'safari' : 'menu'
  }

  get isOffered(): boolean {
    return !this.isInstalled && !this.wasDeclined
  }

  decline(): void {
    this.wasDeclined = true
    this.#keep.write('no_install', true)
  }

  async ask(): Promise<void> {
    const prompt = this.#prompt
    this.#prompt = undefined // a browser lets it be used once
    const answer = await prompt?.prompt()
    if (answer?.outcome === 'accepted') this.isInstalled = true
  }
}

function isStandalone(): boolean {
  const { standalone } = navigator as { standalone?: boolean }
  return standalone === true || window.matchMedia('(display-mode: standalone)').matches
}

/** An iPad says that it is a Mac; a Mac has no touch screen. */
function isApple(): boolean {
  const { userAgent, maxTouchPoints } = navigator
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)
}
