// Each screen begins where one types, or at its heading: for keyboards, and for who cannot see it change.

export function focusFirst(screen: HTMLElement): void {
  const first =
    screen.querySelector<HTMLElement>('input') ?? screen.querySelector<HTMLElement>('h1')
  first?.focus()
}
