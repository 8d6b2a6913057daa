/*
 * The service worker of the customer's app: it keeps the app's own files, so that the card opens
 * without a network. It never keeps an answer of the API: what is personal is the page's to keep,
 * and to wipe. worker/plugin.mjs fills in the two names below when the app is built.
 */
const BUILD = '__BUILD__'
const FILES = '__FILES__'

const SHELL = `habitue-app-${BUILD}`
const PAGE = '/app/index.html'
/** Filled by the page (src/offline.ts): the shops' logos, which are public. */
const PICTURES = 'habitue-app-pictures'
const PICTURE = /^\/v2\/app\/[^/]+\/files\//

async function keepShell() {
  const cache = await caches.open(SHELL)
  await cache.addAll(FILES)
}

async function dropOldShells() {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith('habitue-app-') && name !== SHELL)
  await Promise.all(old.filter((name) => name !== PICTURES).map((name) => caches.delete(name)))
  await self.clients.claim()
}

async function fromCache(cacheName, key, request) {
  const cache = await caches.open(cacheName)
  return (await cache.match(key)) ?? fetch(request)
}

self.addEventListener('install', (event) => event.waitUntil(keepShell()))
self.addEventListener('activate', (event) => event.waitUntil(dropOldShells()))

/* The person has seen that there is a new version, and wants it. */
self.addEventListener('message', (event) => {
  if (event.data === 'update') self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(fromCache(SHELL, PAGE, request))
  else if (FILES.includes(pathname)) event.respondWith(fromCache(SHELL, pathname, request))
  else if (PICTURE.test(pathname)) event.respondWith(fromCache(PICTURES, pathname, request))
})
