// A file of customers on its way in: uploaded in parts, mapped, checked, taken in. The server goes on
// when the page is closed; whoever opens it again sees how far it is. No markup, no text.
import type { ApiError, Reply } from '$shared/api'
import { Intention } from '$shared/state/intention.svelte'
import {
  beginImport,
  cancelImport,
  checkImport,
  putPart,
  readImport,
  readImports,
  runImport,
  type Field,
  type Import,
  type Shown,
} from './importApi'

export const SIZE_MAX = 256 * 1024 * 1024
const LOOK_EVERY_MS = 1000
const AT_WORK = ['reading', 'checking', 'running']
const OPEN = [...AT_WORK, 'ready', 'checked']

export class CustomerImport {
  shown = $state.raw<Shown>()
  columns = $state<Field[]>([])
  mode = $state('add')
  program = $state('')
  consent = $state('')
  error = $state.raw<ApiError>()
  busy = $state(false)
  /** Of the upload, from 0 to 1. */
  sent = $state(0)
  readonly #begun = new Intention()
  #timer: ReturnType<typeof setTimeout> | undefined

  get import(): Import | undefined {
    return this.shown?.import
  }
  get isAtWork(): boolean {
    return AT_WORK.includes(this.import?.state ?? '')
  }

  /** One that was left open goes on. */
  start(): () => void {
    void this.#resume()
    return () => clearTimeout(this.#timer)
  }

  async #resume(): Promise<void> {
    const reply = await readImports()
    const open = reply.ok
      ? reply.value.imports.find(({ state }) => OPEN.includes(state))
      : undefined
    if (open && !this.import && !this.busy) await this.#look(open.id)
  }

  async upload(file: File): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.error = undefined
    this.shown = undefined
    this.sent = 0
    const begun = await this.#begun.run({ name: file.name, size: file.size }, beginImport)
    if (begun) await this.#sendParts(begun.import.id, file, begun.part_size)
    else this.error = this.#begun.error
    this.busy = false
  }

  /** One after the other; the last one begins the reading. */
  async #sendParts(id: string, file: File, size: number): Promise<void> {
    for (let at = 0; at < file.size; at += size) {
      const reply = await putPart(id, at / size, file.slice(at, at + size))
      if (!reply.ok) {
        this.error = reply.error
        return
      }
      this.sent = Math.min(1, (at + size) / file.size)
    }
    await this.#look(id)
  }

  check(): Promise<void> {
    const { columns, mode, program, consent } = this
    return this.#change((id) =>
      checkImport(id, {
        columns,
        mode: mode === 'replace' ? 'replace' : 'add',
        ...(program && columns.includes('points') ? { program_id: program } : {}),
        ...(consent.trim() && columns.includes('consent') ? { consent: consent.trim() } : {}),
      }),
    )
  }

  run = (): Promise<void> => this.#change(runImport)
  cancel = (): Promise<void> => this.#change(cancelImport)

  /** Back to an empty page. */
  forget(): void {
    clearTimeout(this.#timer)
    this.shown = this.error = undefined
  }

  async #change(ask: (id: string) => Promise<Reply<{ import: Import }>>): Promise<void> {
    const id = this.import?.id
    if (!id || this.busy) return
    this.busy = true
    this.error = undefined
    const reply = await ask(id)
    if (!reply.ok) this.error = reply.error
    await this.#look(id)
    this.busy = false
  }

  async #look(id: string): Promise<void> {
    clearTimeout(this.#timer)
    const reply = await readImport(id)
    if (reply.ok) this.#show(reply.value)
    if (this.isAtWork || !reply.ok)
      this.#timer = setTimeout(() => void this.#look(id), LOOK_EVERY_MS)
  }

  #show(shown: Shown): void {
    const isFirst = shown.import.id !== this.import?.id || this.columns.length === 0
    const said = shown.import.columns ?? shown.sample?.guess
    if (shown.sample && said && (isFirst || this.import?.state === 'reading'))
      this.columns = [...said]
    this.shown = shown
  }
}
