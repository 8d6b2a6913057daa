/*
 * The customer's app on a street corner: how much its first visit loads, that nothing jumps while it
 * does, and how soon it can be used. The telephone is a slow one on a slow network; what it took is
 * told, and how much is tested: time depends on the machine that runs the test.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser } from '../support/browser.mjs'
import { DEMO, openPhone } from '../support/card.mjs'
import { Server } from '../support/server.mjs'

const FIRST_LOAD_MAX = 100_000
const SHIFT_MAX = 0.01
/* As Lighthouse slows a phone down: 1.6 Mbit/s, 150 ms, a processor four times slower. */
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6e6 * 0.9) / 8,
  uploadThroughput: (0.75e6 * 0.9) / 8,
}
const SLOWER = 4

let server
let browser
let phone

before(async () => {
  server = await Server.start(DEMO)
  browser = await openBrowser()
  phone = await openPhone(browser, server, { motion: 'no-preference' })
})
after(async () => {
  await phone?.close()
  await browser?.close()
  await server?.remove()
})

/* What came over the network for a page: bytes as they were sent, headers too. */
async function countBytes(page) {
  const session = await page.context().newCDPSession(page)
  const loads = new Map()
  session.on('Network.requestWillBeSent', ({ requestId, request }) =>
    loads.set(requestId, { path: new URL(request.url).pathname, bytes: 0 }),
  )
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const load = loads.get(requestId)
    if (load) load.bytes = encodedDataLength
  })
  await session.send('Network.enable')
  return { session, loads }
}

async function slowDown(session) {
  await session.send('Network.emulateNetworkConditions', NETWORK)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
}

/* Every shift of the layout that no tap caused. */
function watchShifts(page) {
  return page.addInitScript(() => {
    window.shifts = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (!entry.hadRecentInput) window.shifts.push(entry.value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

const shiftOf = (page) => page.evaluate(() => window.shifts.reduce((sum, value) => sum + value, 0))

test('a first visit loads less than 100 KB, can be used soon, and nothing jumps', async (t) => {
  const { page } = phone
  const { session, loads } = await countBytes(page)
  await watchShifts(page)
  await slowDown(session)
  const start_ms = performance.now()
  await phone.open()
  const field = page.getByLabel('Votre numéro de téléphone')
  await field.fill('06')
  t.diagnostic(`the first field took a digit after ${Math.round(performance.now() - start_ms)} ms`)
  assert.equal(await field.inputValue(), '06')
  const first = [...loads.values()].filter(({ path }) => path !== '/app/sw.js')
  const bytes = first.reduce((sum, load) => sum + load.bytes, 0)
  for (const load of first) t.diagnostic(`${load.bytes} ${load.path}`)
  t.diagnostic(`${bytes} bytes in all`)
  assert.ok(bytes > 10_000 && bytes < FIRST_LOAD_MAX, `${bytes} bytes`)
  await page.evaluate(() => document.fonts.ready)
  assert.ok((await shiftOf(page)) < SHIFT_MAX, `shifted by ${await shiftOf(page)}`)
})

test('nothing jumps on the way to the card, nor when it opens again', async (t) => {
  const { page } = phone
  await phone.join()
  t.diagnostic(`joining: ${await shiftOf(page)}`)
  assert.ok((await shiftOf(page)) < SHIFT_MAX, `joining shifted by ${await shiftOf(page)}`)
  await phone.earn(64)
  for (const path of ['', 'rewards', 'history', 'account', 'card']) {
    const start_ms = performance.now()
    await phone.open(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const took_ms = Math.round(performance.now() - start_ms)
    await page.waitForTimeout(1000)
    t.diagnostic(`/${path}: ${took_ms} ms, shift ${await shiftOf(page)}`)
    assert.ok((await shiftOf(page)) < SHIFT_MAX, `/${path} shifted by ${await shiftOf(page)}`)
  }
})
