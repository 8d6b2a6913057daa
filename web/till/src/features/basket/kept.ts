// What a till keeps in its browser, for a place of a shop: the basket, and the sales on their way.
// Several pages of one browser share it. A browser that keeps nothing still sells.

export class Kept {
  readonly #prefix: string
  readonly #storage: Storage | undefined

  constructor(merchant: string, location: string, storage = browserStorage()) {
    this.#prefix = `habitue.till.${merchant}.${location}.`
    this.#storage = storage
  }

  read<T>(name: string): T | undefined {
    try {
      const text = this.#storage?.getItem(this.#prefix + name)
      return text ? (JSON.parse(text) as T) : undefined
    } catch {
      return undefined
    }
  }

  write(name: string, value: unknown): void {
    try {
      this.#storage?.setItem(this.#prefix + name, JSON.stringify(value))
    } catch {
      // full, or forbidden: the page has it still
    }
  }

  drop(name: string): void {
    try {
      this.#storage?.removeItem(this.#prefix + name)
    } catch {
      // nothing was kept
    }
  }

  names(beginning: string): readonly string[] {
    const whole = this.#prefix + beginning
    try {
      return Object.keys(this.#storage ?? {})
        .filter((name) => name.startsWith(whole))
        .map((name) => name.slice(this.#prefix.length))
    } catch {
      return []
    }
  }

  /** Calls back when another page of this browser changed something. */
  watch(changed: (name: string) => void): () => void {
    const listen = (event: StorageEvent): void => {
      if (event.key?.startsWith(this.#prefix)) changed(event.key.slice(this.#prefix.length))
    }
    window.addEventListener('storage', listen)
    return () => window.removeEventListener('storage', listen)
  }
}

function browserStorage(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}
