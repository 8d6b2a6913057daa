// What every native <dialog> of ours does beside what the browser does: it opens and closes with a
// value, a click beside it closes it, and the page behind does not scroll.

/** Opens or closes, as told. The browser gives the focus back to where it was. */
export function show(dialog: HTMLDialogElement, open: boolean): void {
  if (open && !dialog.open) dialog.showModal()
  if (!open && dialog.open) dialog.close()
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
