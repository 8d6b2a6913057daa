// Keeps the screen on while the page is shown. Does nothing where the browser cannot.

export function keepAwake(): void {
  if (!('wakeLock' in navigator)) return
  const ask = (): void => {
    if (document.visibilityState === 'visible')
      navigator.wakeLock.request('screen').catch(() => undefined)
  }
  document.addEventListener('visibilitychange', ask)
  ask()
}
