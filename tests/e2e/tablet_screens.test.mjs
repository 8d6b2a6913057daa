/*
 * What the tablet shows of its shop, without a reload: its colour, its register, the codes that
 * customers scan, the card that is known again, the hand that waves.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openBrowser, openPage } from '../support/browser.mjs'
import { activate, counterOf } from '../support/counter.mjs'
import { textOfCode } from '../support/qr.mjs'
import { Server } from '../support/server.mjs'

let server
let browser
let tab
let counter

before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())
beforeEach(async () => {
  server = await Server.start()
  tab = await openPage(browser)
  counter = counterOf(server)
})
afterEach(async () => {
  assert.deepEqual(tab?.complaints, [])
  await tab?.close()
  await server?.remove()
})

const idle = () => tab.page.getByText('Après votre achat, vos points vous attendent ici.')
const joinCode = () => tab.page.getByRole('img', { name: /pour avoir la carte/ })
const signInCode = () => tab.page.getByRole('img', { name: /pour garder votre carte/ })
const change = async (merchant) => {
  const reply = await server.api('PUT', '/v2/merchants/me', { merchant })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
}

/* Sells something, and gives its points to a number. */
async function claim(phone, total = 500, more = {}) {
  const { page } = tab
  await counter.sell(total, more)
  await page.getByRole('heading', { name: `${total / 100} points`, exact: true }).waitFor()
  await page.keyboard.type(phone)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /^(Bienvenue|Merci)$/ }).waitFor()
}

/* A telephone opens its card by what it scanned; gives the status. */
async function openCard(address) {
  const { hash } = new URL(address)
  const body = { token: hash.replace(/^#in=/, '') }
  return (await server.ask('POST', '/v2/app/le-fournil/session/link', { body })).status
}

/* How well what a button says can be read: WCAG's contrast of its two colours. */
function contrastOf(button) {
  return button.evaluate((node) => {
    const { color, backgroundColor } = getComputedStyle(node)
    const light = (text) => {
      const [r, g, b] = text
        .match(/[\d.]+/g)
        .slice(0, 3)
        .map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const [more, less] = [light(color), light(backgroundColor)].sort((a, b) => b - a)
    return (more + 0.05) / (less + 0.05)
  })
}

test('the code on the idle screen leads to the shop’s app, in both themes and every size', async () => {
  const { page } = tab
  await activate(page, server, counter.code)
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme })
    for (const size of [
      { width: 1180, height: 820 },
      { width: 820, height: 1180 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(size)
      assert.equal(await textOfCode(joinCode()), `${server.url}/app/le-fournil/?src=tablet`)
    }
  }
})

test('another address of the app is in the code at once', async () => {
  const { page } = tab
  await activate(page, server, counter.code)
  await change({ slug: 'fournil-des-halles', name: 'Le Fournil des Halles' })
  await page.getByRole('heading', { level: 1, name: 'Le Fournil des Halles' }).waitFor()
  assert.equal(await textOfCode(joinCode()), `${server.url}/app/fournil-des-halles/?src=tablet`)
})

test('who is new scans their card, once; who is known is shown no way into it', async () => {
  const { page } = tab
  await activate(page, server, counter.code)
  await claim('0612345678')
  const address = await textOfCode(signInCode())
  assert.match(address, /\/app\/le-fournil\/#in=\w{26,}$/)
  await page.getByText('Scannez pour garder votre carte sur votre téléphone').waitFor()
  const ring = await page.locator('.done svg').boundingBox() // how long it stays
  assert.ok(ring.width >= 24, `${ring.width}`)
  assert.equal(await openCard(address), 200)
  assert.notEqual(await openCard(address), 200)
  await page.keyboard.press('Escape')
  await idle().waitFor()

  await claim('0612345678', 700)
  await page.getByRole('heading', { name: 'Merci' }).waitFor()
  assert.equal(await signInCode().count(), 0)
})

test('there is time to scan it; the next customer waits a little, and nobody for ever', async () => {
  const { page } = tab
  await page.clock.install()
  await activate(page, server, counter.code)
  await claim('0612345678')
  await page.clock.runFor(40_000)
  assert.equal(await signInCode().count(), 1)
  await page.clock.runFor(7_000)
  await idle().waitFor()

  await claim('0687654321')
  await counter.sell(900)
  await page.clock.runFor(15_000)
  assert.equal(await signInCode().count(), 1)
  await page.clock.runFor(8_000)
  await page.getByRole('heading', { name: '9 points', exact: true }).waitFor()
})

test('the shop’s colour arrives without a reload, and what it colours can be read', async () => {
  const { page } = tab
  await activate(page, server, counter.code)
  await counter.sell(500)
  const give = page.getByRole('button', { name: 'Donner 5 points' })
  const colour = () => give.evaluate((node) => getComputedStyle(node).backgroundColor)
  let before = await colour()
  for (const brand_color of ['#0f5c8c', '#ffe14d', '#101010', '#f4f0ea']) {
    await change({ brand_color })
    await page.waitForFunction(
      ([node, old]) => getComputedStyle(node).backgroundColor !== old,
      [await give.elementHandle(), before],
    )
    before = await colour()
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme })
      await page.waitForTimeout(50)
      const contrast = await contrastOf(give)
      assert.ok(contrast >= 4.5, `${brand_color}, ${colorScheme}: ${contrast}`)
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }
  assert.equal(await page.getByRole('heading', { name: '5 points' }).count(), 1)
})

test('a logo arrives and goes without a reload', async () => {
  const { page } = tab
  const logo = page.getByRole('img', { name: counter.merchant.name, exact: true })
  await activate(page, server, counter.code)
  await server.putLogo(await page.screenshot({ clip: { x: 0, y: 0, width: 200, height: 80 } }))
  await logo.waitFor()
  await server.api('DELETE', '/v2/merchant/logo')
  await logo.waitFor({ state: 'detached' })
})

test('another register’s purchases follow as soon as it is chosen, and only its own', async () => {
  const { page } = tab
  const other = counterOf(server, 1)
  await activate(page, server, counter.code)
  const [, register] = counter.merchant.locations[0].registers
  const tablet = { register_id: register.id }
  await server.api('PUT', `/v2/tablets/${counter.tabletId}`, { tablet })
  await page.getByText(new RegExp(`· ${register.vendor_register}$`)).waitFor()
  await counter.sell(9900)
  await other.sell(600)
  await page.getByRole('heading', { name: '6 points', exact: true }).waitFor()
  assert.equal(await page.getByRole('radio').count(), 0)

  await server.api('DELETE', `/v2/tablets/${counter.tabletId}`)
  await page.reload()
  await page.getByLabel('Code de la borne').waitFor()
})

test('a hand waves for ten seconds, on this tablet alone', async () => {
  const { page } = tab
  const hand = page.getByText('C’est moi')
  await activate(page, server, counter.code)
  const wave = (id) => server.api('POST', `/v2/tablets/${id}/identify`)
  await wave(counterOf(server, 1).tabletId)
  await wave(counter.tabletId)
  await hand.waitFor()
  const shown = Date.now()
  const box = await page.getByRole('alert').filter({ has: hand }).boundingBox()
  assert.deepEqual([box.width, box.height], [1180, 820])
  await counter.sell(500) // nothing is lost behind it
  await hand.waitFor({ state: 'detached', timeout: 15_000 })
  const seconds = (Date.now() - shown) / 1000
  assert.ok(seconds > 8 && seconds < 12, `${seconds} s`)
  await page.getByRole('heading', { name: '5 points' }).waitFor()
})

test('who agrees is known again by the card that paid; it is not ticked, and not asked for cash', async () => {
  const { page } = tab
  const question = page.getByRole('checkbox', { name: /cette carte bancaire/ })
  const card = { fingerprint: 'tablet-1', brand: 'VISA', last_4: '4242' }
  const cardsOf = async (phone) => {
    const query = { filter: { phone_number: { exact: phone } } }
    const { customers } = (await server.api('POST', '/v2/customers/search', { query })).body
    return (await server.api('GET', `/v2/customers/${customers[0].id}/summary`)).body.cards
  }
  await activate(page, server, counter.code)
  await claim('0612345678', 500)
  assert.equal(await question.count(), 0)
  await page.keyboard.press('Escape')

  await counter.sell(600, { card })
  await page.getByRole('heading', { name: '6 points' }).waitFor()
  assert.equal(await question.isChecked(), false)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Un achat attend encore ses points' }).tap()
  await page.keyboard.type('0612345678')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Merci' }).waitFor()
  assert.deepEqual(await cardsOf('+33612345678'), [])
  await page.keyboard.press('Escape')

  await counter.sell(700, { card })
  await question.tap()
  await page.keyboard.type('0612345678')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Merci' }).waitFor()
  const cards = await cardsOf('+33612345678')
  assert.deepEqual(
    cards.map(({ last_4 }) => last_4),
    ['4242'],
  )
  await page.keyboard.press('Escape')
  await counter.sell(800, { card })
  await page.getByRole('heading', { name: '8 points' }).waitFor()
  assert.equal(await question.isChecked(), false) // the next person is another one
})
