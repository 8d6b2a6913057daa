// What every native <dialog> of ours does beside what the browser does: it opens and closes with a
// value, a click beside it closes it, and the page behind does not scroll.

/**
 * Opens or closes, as told. The focus goes to the first that is found of these, unless a field asked for
 * it by `autofocus`; the browser gives it back to where it was. What is returned does so where the
 * browser does not: a dialog was taken away while open, or what opened it is gone.
 */
export function show(
  dialog: HTMLDialogElement,
  open: boolean,
  first: readonly string[],
): (() => void) | undefined {
  if (!open && dialog.open) dialog.close()
  if (!open || dialog.open) return undefined
  const before = document.activeElement
  dialog.showModal()
  for (const wanted of ['[autofocus]', ...first]) {
    const found = dialog.querySelector<HTMLElement>(wanted)
    if (!found) continue
    found.focus()
    break
  }
  return () => giveBack(before)
}

/** To where the focus was, else to the heading of what lies below; not away from where it is. */
function giveBack(before: Element | null): void {
  if (document.activeElement !== document.body) return
  const below = [...document.querySelectorAll<HTMLElement>('dialog[open] h2')].at(-1)
  const place = before?.isConnected && before !== document.body ? before : below
  if (place instanceof HTMLElement) place.focus()
}

/** A press that began and ended on the veil, not one that selected text and slipped out. */
export class VeilPress {
  #began = false

  down(event: PointerEvent): void {
    this.#began = event.target === event.currentTarget
  }

  isOn(event: MouseEvent): boolean {
    return this.#began && event.target === event.currentTarget
  }
}
