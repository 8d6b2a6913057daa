// What was typed into a form, kept through a reload, a closed sheet or an ended session; forgotten once
// it was sent, and when somebody else signs in.

const PREFIX = 'habitue.draft.'

function stored<T extends object>(name: string): Partial<T> {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(PREFIX + name) ?? '{}')
    return value && typeof value === 'object' ? value : {}
  } catch {
    return {} // no storage, or not what we wrote
  }
}

/** The fields of one form. Made while a component starts; `value` is bound to its fields. */
export class Draft<T extends object> {
  value: T = $state() as T
  /** Something is there that was typed before this page was opened. */
  readonly wasKept: boolean
  readonly #name: string
  readonly #empty: T

  /** `secret` fields, such as passwords, are never kept. */
  constructor(name: string, empty: T, secret: readonly (keyof T)[] = []) {
    const kept = Object.entries(stored<T>(name)).filter(
      ([key, value]) => key in empty && typeof value === typeof empty[key as keyof T],
    )
    this.#name = PREFIX + name
    this.#empty = empty
    this.wasKept = kept.length > 0
    this.value = { ...structuredClone(empty), ...Object.fromEntries(kept) } as T
    $effect(() => this.#keep(secret))
  }

  get isChanged(): boolean {
    return JSON.stringify(this.value) !== JSON.stringify(this.#empty)
  }

  #keep(secret: readonly (keyof T)[]): void {
    const entries = Object.entries($state.snapshot(this.value) as T)
    const open = entries.filter(([key]) => !secret.includes(key as keyof T))
    try {
      if (this.isChanged)
        sessionStorage.setItem(this.#name, JSON.stringify(Object.fromEntries(open)))
      else sessionStorage.removeItem(this.#name)
    } catch {
      // a browser that keeps nothing: the form works all the same
    }
  }

  /** Sent, or given up: the fields are empty again. */
  clear(): void {
    this.value = structuredClone(this.#empty)
    try {
      sessionStorage.removeItem(this.#name)
    } catch {
      // nothing was kept
    }
  }
}

/** When a person signs out, nobody else finds what they were typing. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
  } catch {
    // nothing was kept
  }
}
