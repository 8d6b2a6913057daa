// What this phone keeps for one shop, so that the card is there without a network. It holds personal
// data: one shop never sees another's, and signing out wipes it. Where the browser refuses storage,
// it is kept as long as the page lives.

export class Keep {
  readonly #prefix: string
  readonly #memory = new Map<string, string>()

  constructor(slug: string) {
    this.#prefix = `habitue.app.${slug}.`
  }

  read<T>(name: string): T | undefined {
    const text = this.#memory.get(name) ?? attempt(() => localStorage.getItem(this.#prefix + name))
    if (!text) return undefined
    return attempt(() => JSON.parse(text) as T)
  }

  write(name: string, value: unknown): void {
    const text = JSON.stringify(value)
    this.#memory.set(name, text)
    attempt(() => localStorage.setItem(this.#prefix + name, text))
  }

  remove(name: string): void {
    this.#memory.delete(name)
    attempt(() => localStorage.removeItem(this.#prefix + name))
  }

  /** Removes everything but what is named: what is not personal. */
  wipe(except: readonly string[]): void {
    const names = [...this.#memory.keys(), ...(attempt(() => this.#stored()) ?? [])]
    for (const name of names) if (!except.includes(name)) this.remove(name)
  }

  #stored(): string[] {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix))
    return keys.map((key) => key.slice(this.#prefix.length))
  }

  /** Tells what another tab changed; gives what ends the telling. */
  watch(onChange: (name: string) => void): () => void {
    const heard = (event: StorageEvent): void => {
      if (event.key === null) return onChange('')
      if (!event.key.startsWith(this.#prefix)) return
      const name = event.key.slice(this.#prefix.length)
      this.#memory.delete(name)
      onChange(name)
    }
    window.addEventListener('storage', heard)
    return () => window.removeEventListener('storage', heard)
  }
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run() ?? undefined
  } catch {
    return undefined // refused, full, or not ours
  }
}
