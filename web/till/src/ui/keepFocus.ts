/**
 * For keys that are tapped one after the other: a tap does not take the focus, so that Enter closes
 * the sale and does not repeat the last key. Tab still reaches them.
 */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault()
}

/** Back to the counter: the next Enter closes the sale, and repeats no button touched before. */
export function leaveControl(): void {
  if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur()
}
