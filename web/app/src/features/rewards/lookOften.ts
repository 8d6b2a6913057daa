// While a code is shown to the till, the card is read again and again: what became of it is seen here.
import type { CustomerApp } from '../../app.svelte'

const LOOK_MS = 4_000

/** Looks until the function that it gives is called. */
export function lookOften(app: CustomerApp): () => void {
  const look = (): void => {
    if (document.visibilityState === 'visible' && !app.mustSignIn) void app.refresh()
  }
  const timer = setInterval(look, LOOK_MS)
  return () => clearInterval(timer)
}
