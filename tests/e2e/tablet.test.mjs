/*
 * The tablet when things are not simple: wrong codes, several sales at once, another register's
 * sale, refunds, a server that goes away, a keyboard and no finger, a stranger's number.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { checkAccess, openBrowser, openPage, SIZES } from '../support/browser.mjs'
import { activate, counterOf, touchKeys } from '../support/counter.mjs'
import { Server } from '../support/server.mjs'

let server
let browser
let tab

before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())

/* A shop and a tablet for each test: a code works once, and a sale waits for minutes. */
beforeEach(async () => {
  server = await Server.start()
  tab = await openPage(browser)
})
afterEach(async () => {
  await tab?.close()
  await server?.remove()
})

const field = () => tab.page.getByLabel('Votre numéro de téléphone')
const idle = () => tab.page.getByText('Après votre achat, vos points vous attendent ici.')
const landed = (points) => tab.page.getByRole('heading', { name: points, exact: true })

test('a merchant’s logo is on the idle screen, not too large, until it is taken away', async () => {
  const { page, complaints } = tab
  const { merchant, code } = counterOf(server)
  const logo = page.getByRole('img', { name: merchant.name, exact: true })

  await activate(page, server, code)
  assert.equal(await logo.count(), 0)
  await server.putLogo(await page.screenshot()) // as large as the screen
  await page.reload()
  await logo.waitFor()
  assert.ok(await logo.evaluate((img) => img.complete && img.naturalWidth > 0))
  const { height } = await logo.boundingBox()
  assert.ok(height <= 0.4 * page.viewportSize().height, `${height} px high`)
  await idle().waitFor()
  await server.api('DELETE', '/v2/merchant/logo')
  await page.reload()
  await idle().waitFor()
  assert.equal(await logo.count(), 0)
  assert.deepEqual(complaints, [])
})

test('a wrong code is told beside the field, and too many lock the door for a while', async () => {
  const { page } = tab
  await page.goto(`${server.url}/tablet/`)
  const code = page.getByLabel('Code de la borne')
  const wrong = ['2222-2222', '3333-3333', '4444-4444', '5555-5555']

  await code.fill('7kq2')
  await code.press('Enter')
  await page.getByText('Il en manque 4').waitFor()
  for (const text of wrong) {
    await code.fill(text)
    await code.press('Enter')
    await page.getByText('Ce code n’est pas le bon').waitFor()
    assert.equal(await code.getAttribute('aria-invalid'), 'true')
  }
  await code.fill('6666-6666')
  await code.press('Enter')
  await page
    .getByText(/Trop d’essais. Vous pourrez réessayer à \d\d:\d\d, dans 1\d minutes/)
    .waitFor()

  await code.fill(counterOf(server).code)
  await code.press('Enter') // nothing is sent while it is locked, however right
  await page.waitForTimeout(300)
  await page.reload()
  await page.getByLabel('Code de la borne').waitFor()
})

test('two sales wait: the first is not taken from under the fingers, and each is given its own', async () => {
  const { page } = tab
  const counter = counterOf(server)
  await activate(page, server, counter.code)
  await counter.sell(1240)
  await landed('12 points').waitFor()
  await touchKeys(page, '06')
  await counter.sell(480)
  const choice = page.getByRole('group', { name: 'Quel est votre achat ?' })
  await choice.getByRole('radio', { name: /^4,80/ }).waitFor()
  await landed('12 points').waitFor()
  assert.equal(await field().inputValue(), '06')

  await choice.getByText('4,80').tap()
  await landed('4 points').waitFor()
  assert.equal(await field().inputValue(), '') // another person's purchase, another person's number
  await touchKeys(page, '0612345678')
  await page.getByRole('button', { name: 'Donner 4 points' }).tap()
  await page.getByRole('button', { name: 'Terminer' }).tap()
  await landed('12 points').waitFor() // the other one waits still
})

test('another register’s sale never appears', async () => {
  const { page } = tab
  const ours = counterOf(server, 0)
  const theirs = counterOf(server, 1)
  assert.notEqual(ours.register, theirs.register)
  await activate(page, server, ours.code)
  await theirs.sell(9900)
  await ours.sell(300)
  await landed('3 points').waitFor()
  assert.doesNotMatch(await page.content(), /99/)
  await page.reload()
  await landed('3 points').waitFor()
  assert.equal(await page.getByRole('radio').count(), 0)
})

test('points follow a partial refund, and a refunded or cancelled sale goes away', async () => {
  const { page } = tab
  const counter = counterOf(server)
  await activate(page, server, counter.code)
  const first = await counter.sell(1000)
  await landed('10 points').waitFor()
  await counter.sell(400, {
    event: 'refunded',
    refund_of: first.saleId,
    refund: { id: 'r1', amount: 400 },
    lines: [],
  })
  await landed('6 points').waitFor()
  await counter.sell(600, {
    event: 'refunded',
    refund_of: first.saleId,
    refund: { id: 'r2', amount: 600 },
    lines: [],
  })
  await idle().waitFor()
  await page.getByText('Cet achat a été remboursé.').waitFor()
  const second = await counter.sell(700)
  await landed('7 points').waitFor()
  await counter.sell(700, {
    event: 'canceled',
    sale_id: second.saleId,
    lines: [],
  })
  await idle().waitFor()
})

test('the tablet says that it is cut off, catches up by itself, and gives what was typed meanwhile', async () => {
  const { page } = tab
  const counter = counterOf(server)
  const offline = page.getByText('Pas de connexion.')
  await activate(page, server, counter.code)
  await counter.sell(800)
  await landed('8 points').waitFor()
  await server.end()
  await offline.waitFor()
  await touchKeys(page, '0612345678')
  await page.getByRole('button', { name: 'Donner 8 points' }).tap()
  await page.getByText('Votre numéro est gardé, nous réessayons.').waitFor()
  await server.run()
  await page.getByRole('heading', { name: 'Bienvenue' }).waitFor({ timeout: 20_000 })
  await offline.waitFor({ state: 'detached', timeout: 20_000 })
  await counter.sell(500)
  await page.getByRole('button', { name: 'Terminer' }).tap()
  await landed('5 points').waitFor()
})

test('two taps give once, and a second page of the same tablet lets go of what was given', async () => {
  const { page } = tab
  const counter = counterOf(server)
  await activate(page, server, counter.code)
  const second = await page.context().newPage()
  await second.goto(`${server.url}/tablet/`)
  await counter.sell(600)
  await landed('6 points').waitFor()
  await second.getByRole('heading', { name: '6 points', exact: true }).waitFor()
  await page.bringToFront() // Chromium slows down a page that is behind another
  await touchKeys(page, '0612345678')
  await page.getByRole('button', { name: 'Donner 6 points' }).dblclick()
  await page.getByRole('heading', { name: 'Bienvenue' }).waitFor()
  await second.getByText('Cet achat a déjà été pris en compte.').waitFor()

  const query = { mappings: [{ phone_number: '+33612345678' }] }
  const { body } = await server.api('POST', '/v2/loyalty/accounts/search', { query })
  assert.deepEqual(
    body.loyalty_accounts.map(({ balance }) => balance),
    [6],
  )
})

test('a tablet that another one replaced asks for a code again', async () => {
  const { page } = tab
  const counter = counterOf(server)
  await activate(page, server, counter.code)
  const { body } = await server.api('POST', `/v2/tablets/${counter.tabletId}/pairing-code`)
  const other = await openPage(browser)
  await activate(other.page, server, body.pairing_code.code)
  await page.reload()
  await page.getByLabel('Code de la borne').waitFor()
  await counter.sell(600)
  await other.page.getByRole('heading', { name: '6 points', exact: true }).waitFor()
  await other.close()
})

test('a salon that counts stamps says so, and stamps them', async () => {
  const { page } = tab
  const salon = server.demo.merchants.find(({ name }) => name === 'Salon Nova')
  const counter = counterOf(server, 0, salon)
  await activate(page, server, counter.code, salon)
  await page.getByText('vos tampons vous attendent ici').waitFor()
  await counter.sell(4500)
  await landed('1 tampon').waitFor()
  await page.keyboard.type('0612345678')
  await page.getByRole('button', { name: 'Donner 1 tampon' }).tap()
  await page.getByText('Encore 4 tampons, et c’est à vous.').waitFor()
  assert.equal(await page.getByRole('progressbar').getAttribute('aria-valuetext'), '1 sur 5')
  await checkAccess(page, 'stamps')
})

test('a keyboard alone does everything', async () => {
  const { page } = tab
  const counter = counterOf(server)
  await page.goto(`${server.url}/tablet/`)
  await page.getByLabel('Code de la borne').waitFor()
  await page.keyboard.type(counter.code)
  await page.keyboard.press('Enter')
  await idle().waitFor()
  await counter.sell(1500)
  await landed('15 points').waitFor()
  await page.keyboard.type('061234x567')
  assert.equal(await field().inputValue(), '06 12 34 56 7')
  await page.keyboard.press('Enter')
  await page.getByText('Ce numéro ne semble pas complet.').waitFor()
  await page.keyboard.type('8')
  await page.getByText('Ce numéro ne semble pas complet.').waitFor({ state: 'detached' })
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Bienvenue' }).waitFor()
  await page.keyboard.press('Escape')
  await idle().waitFor()

  await counter.sell(200)
  await landed('2 points').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter') // « Un achat attend encore ses points »
  await landed('2 points').waitFor()
})

test('what a stranger types reveals nothing', async () => {
  const { page } = tab
  const counter = counterOf(server)
  await activate(page, server, counter.code)
  assert.equal(await page.getByRole('textbox').count(), 0) // without a sale there is nothing to type in
  await counter.sell(300)
  await landed('3 points').waitFor()
  const before = await page.locator('main').innerText()
  await page.keyboard.type('0612345678')
  await page.waitForTimeout(300)
  const after = (await page.locator('main').innerText()).replace('06 12 34 56 78', '')
  assert.equal(after, before) // known or not, a number looks the same before its points are given
})

test('the thank-you of somebody known ends by itself', async () => {
  const { page } = tab
  const counter = counterOf(server)
  await page.clock.install()
  await activate(page, server, counter.code)
  for (const heading of ['Bienvenue', 'Merci']) {
    await counter.sell(300)
    await landed('3 points').waitFor()
    await page.keyboard.type('0612345678')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: heading }).waitFor()
    if (heading === 'Bienvenue') await page.keyboard.press('Escape') // that one waits for a telephone
  }
  await page.clock.runFor(12_000)
  await page.getByRole('heading', { name: 'Merci' }).waitFor()
  await page.clock.runFor(4_000)
  await idle().waitFor()
})

test('a finger finds every key, in both ways of holding the tablet', async () => {
  const { page } = tab
  const counter = counterOf(server)
  await activate(page, server, counter.code)
  await counter.sell(300)
  await landed('3 points').waitFor()
  const older = { width: 1024, height: 768 }
  const olderUpright = { width: 768, height: 1024 }
  for (const size of [SIZES.landscape, SIZES.portrait, older, olderUpright]) {
    await page.setViewportSize(size)
    for (const key of await page
      .getByRole('group', { name: 'Clavier du téléphone' })
      .getByRole('button')
      .all()) {
      const box = await key.boundingBox()
      assert.ok(box.height >= 88 && box.width >= 88, `${box.width} × ${box.height}`)
    }
    const give = await page.getByRole('button', { name: 'Donner 3 points' }).boundingBox()
    assert.ok(give.y + give.height <= size.height, 'the button is in sight without scrolling')
  }
})
