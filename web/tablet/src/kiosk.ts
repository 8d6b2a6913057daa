// Keeps whoever touches the counter's screen on this page: no menus, no zoom by fingers, no dragging,
// no keys that leave, no way back. What a page cannot close, the device must: docs/operating/tablet.md.

/** The parts of a KeyboardEvent that decide. */
export interface Stroke {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  getModifierState(name: string): boolean
}

/** Function keys that open help, a search, the address line, a menu or the tools of developers. */
const KEYS_THAT_LEAVE = ['F1', 'F3', 'F6', 'F7', 'F10', 'F12']
const KEYS_OF_BROWSERS = /^(Browser(?!Refresh)|Launch|ContextMenu$)/
/** With Ctrl or Cmd: copying and the like, text size, and reloading, which comes back here. */
const KEYS_TO_KEEP = ['a', 'c', 'v', 'x', 'z', 'y', 'r', '+', '-', '=', '0']

/** Whether a key would open something or go somewhere else. */
export function leavesPage(stroke: Stroke): boolean {
  if (KEYS_THAT_LEAVE.includes(stroke.key) || KEYS_OF_BROWSERS.test(stroke.key)) return true
  if (stroke.getModifierState('AltGraph')) return false // it writes signs, such as @
  if (stroke.altKey) return true
  if (!stroke.ctrlKey && !stroke.metaKey) return false
  return stroke.key.length > 1
    ? !['Control', 'Meta', 'Shift', 'Backspace', 'Delete', 'Home', 'End'].includes(stroke.key) &&
        !stroke.key.startsWith('Arrow')
    : !KEYS_TO_KEEP.includes(stroke.key.toLowerCase())
}

/** More than one press of Back can be on its way before the first is answered. */
const PLACES = 4

/**
 * Back leads from this page to this page. Browsers pass over places that nobody touched, so they are
 * made at the first touch, and never again: going forward to the last one needs no touch.
 */
function trapHistory(): void {
  const placeOf = (state: unknown): number => (state as { place?: number } | null)?.place ?? 0
  const fill = (): void => {
    for (let place = placeOf(history.state) + 1; place <= PLACES; place += 1)
      history.pushState({ place }, '')
  }
  for (const touch of ['pointerdown', 'keydown'])
    window.addEventListener(touch, fill, { capture: true })
  window.addEventListener('popstate', ({ state }) => {
    if (placeOf(state) < PLACES) history.go(PLACES - placeOf(state))
  })
}

const refuse = (event: Event): void => event.preventDefault()

export function closeKiosk(): void {
  for (const name of ['contextmenu', 'dragstart', 'dragover', 'drop', 'gesturestart'])
    document.addEventListener(name, refuse)
  const mayRefuse = { passive: false }
  document.addEventListener('wheel', (event) => event.ctrlKey && refuse(event), mayRefuse)
  document.addEventListener(
    'touchmove',
    (event) => event.touches.length > 1 && event.cancelable && refuse(event),
    mayRefuse,
  )
  window.addEventListener('keydown', (event) => leavesPage(event) && refuse(event), true)
  trapHistory()
}
