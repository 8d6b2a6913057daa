// The messages that a demo shows instead of sending them: asked for again and again while somebody
// looks. No markup, no text.
import { readMessages, type Message, type Messages } from '../demo'

const EVERY_MS = 2_000

/** The code in a message, to be shown large; undefined when it holds none. */
export function codeIn({ purpose, body = '' }: Message): string | undefined {
  return purpose === 'sign_in_code' ? /(?<!\d)\d{6}(?!\d)/.exec(body)?.[0] : undefined
}

export function newestFirst(messages: readonly Message[]): readonly Message[] {
  return [...messages].sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))
}

export class Inbox {
  state = $state<'starting' | 'ready' | 'no demo' | 'no answer'>('starting')
  messages = $state<readonly Message[]>([])
  now = $state(new Date())
  #read: () => Promise<Messages>

  constructor(read: () => Promise<Messages> = readMessages) {
    this.#read = read
  }

  /** Looks now and then; gives what ends it. */
  watch(): () => void {
    const look = (): void => void (document.visibilityState === 'visible' && this.look())
    const timer = setInterval(look, EVERY_MS)
    document.addEventListener('visibilitychange', look)
    look()
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }

  async look(): Promise<void> {
    const found = await this.#read()
    this.now = new Date()
    if (typeof found === 'string') {
      this.state = found
      return
    }
    this.state = 'ready'
    this.messages = newestFirst(found)
  }
}
