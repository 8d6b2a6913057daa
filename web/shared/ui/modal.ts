// What every native <dialog> of ours does beside what the browser does: it opens and closes with a
// value, a click beside it closes it, and the page behind does not scroll.

/**
 * Opens or closes, as told. The focus goes to the first that is found of these, unless a field asked for
 * it by `autofocus`; the browser gives it back to where it was.
 */
export function show(dialog: HTMLDialogElement, open: boolean, first: readonly string[]): void {
  if (!open && dialog.open) dialog.close()
  if (!open || dialog.open) return
  dialog.showModal()
  for (const wanted of ['[autofocus]', ...first]) {
    const found = dialog.querySelector<HTMLElement>(wanted)
    if (found) return found.focus()
  }
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
