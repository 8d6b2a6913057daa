// For tests: what a component would hold, so that effects run without one.

/** Makes something with effects of its own; `end` stops them, as leaving the page does. */
export function inEffects<T>(make: () => T): { value: T; end: () => void } {
  let value: T | undefined
  const end = $effect.root(() => {
    value = make()
  })
  return { value: value as T, end }
}
