// A finger that rests: the other way to the staff menu, on the shop's own sign.
import type { Action } from 'svelte/action'

const REST_MS = 1_500
/** A finger is never quite still. */
const SLIP_PX = 16

export const longPress: Action<HTMLElement, () => void> = (node, onRest) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let from = { x: 0, y: 0 }
  let rest = onRest

  const stop = (): void => clearTimeout(timer)
  const start = ({ clientX, clientY }: PointerEvent): void => {
    stop()
    from = { x: clientX, y: clientY }
    timer = setTimeout(() => rest(), REST_MS)
  }
  const move = ({ clientX, clientY }: PointerEvent): void => {
    if (Math.hypot(clientX - from.x, clientY - from.y) > SLIP_PX) stop()
  }
  const life = new AbortController()
  const { signal } = life
  node.addEventListener('pointerdown', start, { signal })
  node.addEventListener('pointermove', move, { signal })
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'])
    node.addEventListener(end, stop, { signal })
  return {
    update: (next) => (rest = next),
    destroy: () => {
      stop()
      life.abort()
    },
  }
}
