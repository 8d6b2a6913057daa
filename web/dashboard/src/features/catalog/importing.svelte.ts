// A table of articles on its way into the catalog: chosen, looked at, applied. No markup, no text.
import type { ApiError, Reply } from '$shared/api'
import { applyImport, previewImport, type Outcome, type Refusal } from './catalogApi'

export class Importing {
  file = $state.raw<File>()
  /** What the file would do. */
  preview = $state.raw<Outcome>()
  /** What it did. */
  done = $state.raw<Outcome>()
  error = $state.raw<ApiError>()
  busy = $state(false)

  get willChange(): number {
    return this.preview ? this.preview.new + this.preview.changed : 0
  }

  async look(file: File): Promise<void> {
    this.file = file
    this.preview = this.done = undefined
    this.preview = await this.#run(previewImport)
  }

  async apply(): Promise<boolean> {
    this.done = await this.#run(applyImport)
    return this.done !== undefined
  }

  async #run(
    ask: (file: Blob) => Promise<Reply<{ import: Outcome }>>,
  ): Promise<Outcome | undefined> {
    if (!this.file || this.busy) return undefined
    this.busy = true
    this.error = undefined
    const reply = await ask(this.file)
    this.busy = false
    if (reply.ok) return reply.value.import
    this.error = reply.error
    return undefined
  }
}

/** The line that a whole file was refused at; 0: none was named. */
export function lineOf({ field }: ApiError): number {
  return Number(/^line (\d+)$/.exec(field)?.[1] ?? 0)
}

/** Quoted where it must be; what a spreadsheet would take for a formula is made a text. */
function cell(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text
  return /[;"\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The refused rows as a table, to be opened beside the file. */
export function refusedTable(
  refused: readonly Refusal[],
  heads: readonly string[],
  wordsOf: (refusal: Refusal) => readonly string[],
): string {
  const rows = refused.map((one) => [String(one.row), ...wordsOf(one), one.value])
  return `\ufeff${[heads, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
}
