// "Back" on a page that must not be left by accident asks first; and what such a page must not lose
// when it is reloaded, where the browser keeps nothing else.

const KEY = 'showing'

type State = Record<string, unknown> | null

export class BackGuard {
  /** Gives what ends it. */
  start(onBack: () => void): () => void {
    const push = (): void => {
      const state = window.history.state as State
      window.history.pushState({ ...state, guard: true }, '', window.location.href)
    }
    const path = window.location.pathname
    const onPop = (): void => {
      if (window.location.pathname !== path) return
      push()
      onBack()
    }
    if (!(window.history.state as State)?.['guard']) push()
    window.addEventListener('popstate', onPop)
    return () => window.removeEventListener('popstate', onPop)
  }
}

export function keepInHistory(token: string): void {
  window.history.replaceState({ ...(window.history.state as State), [KEY]: token }, '')
}

export function keptInHistory(): string {
  const token = (window.history.state as State)?.[KEY]
  return typeof token === 'string' ? token : ''
}
