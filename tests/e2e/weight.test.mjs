/*
 * What a first visit downloads, as a browser that has nothing yet counts it: pages, scripts, styles,
 * fonts, pictures and the answers of the API, compressed. And what it shows stays where it is, although
 * fonts come late over a slow network.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, openPage, SIZES } from '../support/browser.mjs'
import { Server } from '../support/server.mjs'

const KB = 1000
/* A telephone on a busy street: 1.6 Mbit/s and 150 ms to and fro. */
const SLOW = {
  offline: false,
  latency: 150,
  downloadThroughput: 200 * KB,
  uploadThroughput: 90 * KB,
}
/* Jumps of the page, as browsers count them: 0.1 is called good. */
const SHIFT_MAX = 0.02

let server
let browser
let slug

before(async () => {
  server = await Server.start()
  browser = await openBrowser()
  slug = (await server.api('GET', '/v2/merchants/me')).body.merchant.slug
})
after(async () => {
  await browser?.close()
  await server?.remove()
})

/* Opens a page for the first time; gives the bytes that came over the network and how it jumped. */
async function visit(path, { slow = false } = {}) {
  const { page, close } = await openPage(browser, { size: SIZES.phone })
  const network = await page.context().newCDPSession(page)
  const sizes = new Map()
  network.on('Network.responseReceived', ({ requestId, response }) =>
    sizes.set(requestId, { url: new URL(response.url).pathname, bytes: 0 }),
  )
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = sizes.get(requestId)
    if (one) one.bytes = encodedDataLength
  })
  await network.send('Network.enable')
  if (slow) await network.send('Network.emulateNetworkConditions', SLOW)
  await page.addInitScript(() => {
    window.shifted = 0
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) window.shifted += shift.value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  try {
    await page.goto(server.url + path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.evaluate(() => document.fonts.ready)
    await page.waitForTimeout(500) // what is loaded after the first sight counts, too
    const files = [...sizes.values()].sort((a, b) => b.bytes - a.bytes)
    return {
      files,
      bytes: files.reduce((sum, one) => sum + one.bytes, 0),
      shifted: await page.evaluate(() => window.shifted),
    }
  } finally {
    await close()
  }
}

const told = ({ files }) => files.map(({ url, bytes }) => `${bytes} ${url}`).join('\n')

const FIRST_VISITS = [
  ['the customer’s app', () => `/app/${slug}/`, 100],
  ['the start page', () => '/', 70],
  ['the tablet', () => '/tablet/', 100],
  ['the till', () => '/till/', 120],
  ['the dashboard', () => '/dashboard/', 150],
]

for (const [name, path, most_kB] of FIRST_VISITS) {
  test(`${name} weighs less than ${most_kB} KB at its first visit, and does not jump`, async (t) => {
    const first = await visit(path())
    assert.ok(first.files.length > 3, `only ${told(first)}`)
    assert.ok(first.bytes < most_kB * KB, `${first.bytes} bytes:\n${told(first)}`)
    t.diagnostic(`${first.bytes} bytes in ${first.files.length} files`)
    const slow = await visit(path(), { slow: true })
    assert.ok(slow.shifted <= SHIFT_MAX, `jumped by ${slow.shifted}`)
  })
}
