// Keeps the screen on while something must stay readable. Does nothing where the browser cannot.

/** Gives what lets the screen sleep again. */
export function keepScreenOn(): () => void {
  if (!('wakeLock' in navigator)) return () => undefined
  let isWanted = true
  let lock: WakeLockSentinel | undefined
  const ask = (): void => {
    if (document.visibilityState !== 'visible') return
    navigator.wakeLock
      .request('screen')
      .then((given) => {
        if (isWanted) lock = given
        else void given.release()
      })
      .catch(() => undefined)
  }
  document.addEventListener('visibilitychange', ask) // a lock ends when the page is hidden
  ask()
  return () => {
    isWanted = false
    document.removeEventListener('visibilitychange', ask)
    void lock?.release().catch(() => undefined)
  }
}
