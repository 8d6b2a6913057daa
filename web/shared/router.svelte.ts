// Addresses of one app: names for its pages, real links, the Back button, and where the eye and the
// screen reader go next. Pages are written in the app; nothing is loaded by the router.
import { tick } from 'svelte'

const SCROLL_WAIT_MS = 1500
const HEADING_WAIT_MS = 3000

export type Params = Readonly<Record<string, string>>
type Query = Readonly<Record<string, string | number | undefined>>

interface Pattern {
  readonly name: string
  readonly regexp: RegExp
  readonly keys: readonly string[]
  readonly path: string
}

function patternOf(name: string, path: string): Pattern {
  const keys = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
  const source = path.replace(/[.+*?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '([^/]+)')
  return { name, keys, path, regexp: new RegExp(`^${source}/?$`) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `routes` names each page's path below `base`: `{ customer: '/customers/:customer' }`. */
export class Router<Name extends string> {
  /** The page shown; undefined when no page has this address. */
  name = $state<Name>()
  params = $state<Params>({})
  query = $state.raw(new URLSearchParams())
  readonly base: string
  readonly #patterns: readonly Pattern[]
  #entry = 0

  constructor(base: string, routes: Readonly<Record<Name, string>>) {
    this.base = base.replace(/\/$/, '')
    this.#patterns = Object.entries<string>(routes).map(([name, path]) => patternOf(name, path))
    this.#read()
  }

  /** The address of a page: for `<a href>` and for `go`. */
  href(name: Name, params: Params = {}, query: Query = {}): string {
    const path = this.#patterns.find((pattern) => pattern.name === name)?.path ?? '/'
    const filled = path.replace(/:(\w+)/g, (_, key: string) =>
      encodeURIComponent(params[key] ?? ''),
    )
    const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
    const search = new URLSearchParams(
      entries.map(([key, value]) => [key, String(value)]),
    ).toString()
    return `${this.base}${filled}${search ? `?${search}` : ''}`
  }

  /** `replace` leaves no way back: for filters, and for what a person did not choose. */
  go(href: string, { replace = false } = {}): void {
    const url = new URL(href, location.href)
    if (url.href === location.href) return
    const samePage = url.pathname === location.pathname
    this.#keepScroll()
    if (!replace) this.#entry += 1
    history[replace ? 'replaceState' : 'pushState']({ entry: this.#entry }, '', url)
    this.#read()
    if (!samePage) void this.#arrive(0)
  }

  /** One step back, or to this address when the person came here directly. */
  back(fallback: string): void {
    if (this.#entry > 0) history.back()
    else this.go(fallback, { replace: true })
  }

  /** Listens to links and to Back, until the function that it gives is called. */
  start(): () => void {
    history.scrollRestoration = 'manual'
    this.#entry = this.#entryOf(history.state)
    const onPop = (event: PopStateEvent): void => {
      const from = location.pathname === this.#path ? undefined : this.#path
      this.#entry = this.#entryOf(event.state)
      this.#read()
      if (from !== undefined) void this.#arrive(this.#keptScroll())
    }
    const onClick = (event: MouseEvent): void => this.#follow(event)
    const onLeave = (): void => this.#keepScroll()
    window.addEventListener('popstate', onPop)
    document.addEventListener('click', onClick)
    window.addEventListener('scrollend', onLeave)
    window.addEventListener('pagehide', onLeave)
    return () => {
      window.removeEventListener('popstate', onPop)
      document.removeEventListener('click', onClick)
      window.removeEventListener('scrollend', onLeave)
      window.removeEventListener('pagehide', onLeave)
    }
  }

  #path = ''

  #read(): void {
    this.#path = location.pathname
    this.query = new URLSearchParams(location.search)
    const isInside = this.#path === this.base || this.#path.startsWith(`${this.base}/`)
    const path = isInside ? this.#path.slice(this.base.length) || '/' : undefined
    for (const { name, regexp, keys } of path === undefined ? [] : this.#patterns) {
      const found = regexp.exec(path ?? '')
      if (!found) continue
      this.name = name as Name
      this.params = Object.fromEntries(keys.map((key, i) => [key, decode(found[i + 1] ?? '')]))
      return
    }
    this.name = undefined
    this.params = {}
  }

  /** A plain click on a link of ours changes the page; everything else is the browser's. */
  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = (event.target as Element | null)?.closest('a')
    if (!link || link.target || link.hasAttribute('download')) return
    if (link.origin !== location.origin) return
    if (link.pathname !== this.base && !link.pathname.startsWith(`${this.base}/`)) return
    if (link.hash && link.pathname === location.pathname) return
    event.preventDefault()
    this.go(link.href)
  }

  /** The new page's heading gets the focus, so that a screen reader begins there. */
  async #arrive(scroll: number): Promise<void> {
    const path = this.#path
    await tick()
    restoreScroll(scroll, () => this.#path === path)
    const heading = await headingOf(() => this.#path === path)
    if (!heading || document.activeElement?.closest('dialog')) return
    if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }

  #entryOf(state: unknown): number {
    const entry = (state as { entry?: unknown } | null)?.entry
    return typeof entry === 'number' ? entry : 0
  }

  #keepScroll(): void {
    const state = {
      ...(history.state as object | null),
      entry: this.#entry,
      scroll: window.scrollY,
    }
    history.replaceState(state, '')
  }

  #keptScroll(): number {
    const scroll = (history.state as { scroll?: unknown } | null)?.scroll
    return typeof scroll === 'number' ? scroll : 0
  }
}

/** A page that was left half way down is shown there again, once it is long enough. */
function restoreScroll(scroll: number, isStillHere: () => boolean): void {
  const until_ms = performance.now() + SCROLL_WAIT_MS
  const step = (): void => {
    if (!isStillHere()) return
    window.scrollTo(0, scroll)
    const isThere = Math.abs(window.scrollY - scroll) < 2
    if (!isThere && performance.now() < until_ms) requestAnimationFrame(step)
  }
  step()
}

async function headingOf(isStillHere: () => boolean): Promise<HTMLElement | null> {
  const find = (): HTMLElement | null => document.querySelector('main h1')
  for (const until_ms = performance.now() + HEADING_WAIT_MS; performance.now() < until_ms;) {
    const found = find()
    if (found || !isStillHere()) return found
    await new Promise((done) => setTimeout(done, 30))
  }
  return null
}
