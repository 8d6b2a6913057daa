// Short messages that pass by: what was done, and how to undo it. Shown by <Toasts />.
import { untrack } from 'svelte'

const STAY_MS = 6000
/** Undoing needs time to read, to decide and to reach. */
const UNDO_STAY_MS = 12000
const SHOWN_MAX = 3

export interface Toast {
  readonly id: number
  readonly text: string
  readonly undo: (() => void) | undefined
  /** What it tells of, where only the last word on it is true. */
  readonly about: string
}

class Toasts {
  all = $state.raw<readonly Toast[]>([])
  #places = $state.raw<readonly symbol[]>([])
  #next = 1
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>()

  /** Where they are shown: the dialog opened last, or else the app's own place. */
  get place(): symbol | undefined {
    return this.#places.at(-1)
  }

  /** Until the result is called. */
  join(place: symbol, inDialog: boolean): () => void {
    const places = untrack(() => this.#places)
    this.#places = inDialog ? [...places, place] : [place, ...places]
    return () => {
      this.#places = this.#places.filter((other) => other !== place)
    }
  }

  /** Says what was done; with `undo`, offers to take it back. What was said `about` the same goes. */
  say(text: string, undo?: () => void, about = ''): void {
    const toast = { id: this.#next++, text, undo, about }
    const others = this.all.filter((old) => about === '' || old.about !== about)
    this.all = [...others, toast].slice(-SHOWN_MAX)
    this.#start(toast)
  }

  drop(id: number): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
    this.all = this.all.filter((toast) => toast.id !== id)
  }

  undo(toast: Toast): void {
    this.drop(toast.id)
    toast.undo?.()
  }

  /** While a person reads or is about to touch, nothing goes away. */
  hold(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  release(): void {
    for (const toast of this.all) this.#start(toast)
  }

  #start({ id, undo }: Toast): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.set(
      id,
      setTimeout(() => this.drop(id), undo ? UNDO_STAY_MS : STAY_MS),
    )
  }
}

export const toasts = new Toasts()
