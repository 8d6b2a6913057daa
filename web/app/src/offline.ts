// The service worker, seen from the page. Nothing of it is needed: without it the app is only slower
// to open, and empty without a network.

const PICTURES = 'habitue-app-pictures'

/** Registers the worker, and tells when a newer version of the app waits to be shown. */
export function watchWorker(onUpdate: (show: () => void) => void): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const workers = navigator.serviceWorker
  const offer = (registration: ServiceWorkerRegistration): void => {
    const { waiting } = registration
    if (waiting && workers.controller) onUpdate(() => showNewest(waiting))
  }
  workers
    .register('/app/sw.js', { scope: '/app/' })
    .then((registration) => {
      offer(registration)
      registration.addEventListener('updatefound', () => {
        registration.installing?.addEventListener('statechange', () => offer(registration))
      })
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') registration.update().catch(() => undefined)
      })
    })
    .catch(() => undefined) // a private window, or storage refused
}

function showNewest(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), {
    once: true,
  })
  waiting.postMessage('update')
}

/** Keeps a shop's logo, and not the one that it had before. */
export async function keepPicture(path: string): Promise<void> {
  try {
    const cache = await caches.open(PICTURES)
    if (await cache.match(path)) return
    await cache.add(path)
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    for (const { url } of await cache.keys()) {
      const { pathname } = new URL(url)
      if (pathname.startsWith(folder) && pathname !== path) await cache.delete(pathname)
    }
  } catch {
    // storage refused, or no network: the name stands in for the logo
  }
}
