// Everything that is typed, by fingers and by a barcode scanner, wherever the focus is. Outside text
// fields a character waits as long as a scanner would need for the next one: so a scan never types
// an amount or does what its letters would do.
import { Burst, GAP_MS, LENGTH_MIN, type Stroke } from './burst'

export interface KeyboardOptions {
  readonly onScan: (strokes: readonly Stroke[]) => void
  /** A key pressed by a finger, outside text fields. True: it was taken. */
  readonly onKey: (key: string) => boolean
}

const NO_TEXT = [
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]

/** So many strokes at such a speed are no finger's: the rest of them may take its time. */
const SURELY = 4
const PATIENCE_MS = 400

type Field = HTMLInputElement | HTMLTextAreaElement

function fieldOf(target: EventTarget | null): Field | undefined {
  if (target instanceof HTMLTextAreaElement) return target
  const isText = target instanceof HTMLInputElement && !NO_TEXT.includes(target.type)
  return isText ? target : undefined
}

/** Typed by a framework's rules: the field's own setter, and the event that a keyboard makes. */
function putBack(field: Field, value: string): void {
  const prototype = Object.getPrototypeOf(field) as object
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

export class Keyboard {
  #options: KeyboardOptions
  #burst = new Burst()
  /** Strokes that nobody got yet. */
  #held: Stroke[] = []
  #timer: number | undefined
  /** What the field in focus held when the burst began. */
  #before: { field: Field; value: string } | undefined

  constructor(options: KeyboardOptions) {
    this.#options = options
  }

  /** Listens until the function that it gives is called. */
  listen(): () => void {
    const take = (event: KeyboardEvent): void => this.#take(event)
    window.addEventListener('keydown', take, true)
    return () => {
      clearTimeout(this.#timer)
      window.removeEventListener('keydown', take, true)
    }
  }

  #take(event: KeyboardEvent): void {
    const { key, code, shiftKey: shift, timeStamp: at_ms } = event
    if (event.isComposing || ['Shift', 'CapsLock', 'AltGraph'].includes(key)) return
    if (event.ctrlKey || event.altKey || event.metaKey) return this.#release()
    if (key === 'Enter') return this.#enter(event)
    const isCharacter = key.length === 1 && key !== ' '
    if (!isCharacter) {
      this.#release()
      return this.#pass(event)
    }
    if (event.repeat) return // a key held down is one key; no scanner holds any
    this.#character(event, { key, code, shift, at_ms })
  }

  #character(event: KeyboardEvent, stroke: Stroke): void {
    if (!this.#burst.isGoingOn(stroke.at_ms)) this.#release()
    const field = fieldOf(event.target)
    if (!this.#burst.add(stroke)) this.#before = field && { field, value: field.value }
    if (field || event.target instanceof HTMLSelectElement) return // the browser types it
    event.preventDefault()
    event.stopImmediatePropagation()
    this.#held.push(stroke)
    this.#wait(this.#held.length < SURELY ? GAP_MS : PATIENCE_MS)
  }

  /** A computer that was busy meanwhile has strokes in store: it is given a little more time. */
  #wait(delay_ms: number): void {
    const due_ms = performance.now() + delay_ms
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => {
      if (performance.now() - due_ms > GAP_MS) this.#wait(GAP_MS)
      else this.#giveHeld()
    }, delay_ms)
  }

  #enter(event: KeyboardEvent): void {
    const scan = this.#burst.end(event.timeStamp)
    if (!scan) {
      this.#release()
      return this.#pass(event)
    }
    event.preventDefault()
    event.stopImmediatePropagation()
    clearTimeout(this.#timer)
    this.#held = []
    if (this.#before) putBack(this.#before.field, this.#before.value)
    this.#before = undefined
    this.#options.onScan(scan)
  }

  #release(): void {
    this.#burst.take()
    this.#giveHeld()
  }

  /** It was a person: what was held is theirs. A long burst without Enter was no person: dropped. */
  #giveHeld(): void {
    clearTimeout(this.#timer)
    const held = this.#held
    this.#held = []
    if (held.length >= LENGTH_MIN) return
    for (const { key } of held) this.#options.onKey(key)
  }

  /** A key that no scanner uses inside a code. In a field it belongs to the field. */
  #pass(event: KeyboardEvent): void {
    if (event.defaultPrevented || fieldOf(event.target)) return
    if (CONTROL_KEYS.includes(event.key) && isAtControl(event.target)) return
    if (this.#options.onKey(event.key)) event.preventDefault()
  }
}

const CONTROLS = 'button, a[href], select, summary, input, [role=tab], [role=radio], [role=option]'
const CONTROL_KEYS = [
  'Enter',
  ' ',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
]

/** What a control does with these keys is its own business, once a person went there by keyboard. */
function isAtControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(CONTROLS) && target.matches(':focus-visible')
}
