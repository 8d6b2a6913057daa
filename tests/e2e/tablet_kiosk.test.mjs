/*
 * The tablet stands among strangers: what they cannot do with it, how the shop's own people get out,
 * and how a device becomes a tablet without a code.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openBrowser, openPage, SIZES } from '../support/browser.mjs'
import { activate, counterOf, openStaffMenu, signIn } from '../support/counter.mjs'
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
const staff = () => tab.page.getByRole('region', { name: 'Menu du personnel' })
const pinField = () => tab.page.getByLabel('Code du personnel')
const press = (name) => tab.page.getByRole('button', { name, exact: true }).tap()
const personOf = (merchant, role) => merchant.staff.find((person) => person.role === role)
const choosePin = (tablet_pin) =>
  server.api('PUT', '/v2/merchants/me', { merchant: { tablet_pin } })
const listed = async (id) =>
  (await server.api('GET', '/v2/tablets')).body.tablets.find((tablet) => tablet.id === id)

/* Nobody is signed in in this browser. */
async function nobodySignedIn() {
  const cookies = await tab.page.context().cookies()
  assert.deepEqual(
    cookies.map(({ name }) => name).filter((name) => name === 'habitue_session'),
    [],
  )
}

/* Whether the page let an event of this kind happen. */
const happens = (kind, name, more = {}) =>
  tab.page.evaluate(
    ([type, event, options]) =>
      document.body.dispatchEvent(
        new window[type](event, { bubbles: true, cancelable: true, ...options }),
      ),
    [kind, name, more],
  )

test('a stranger finds no link, no menu, no zoom, no key and no way back that leave', async () => {
  const { page } = tab
  await page.goto(`${server.url}/`)
  await activate(page, server, counter.code)
  assert.equal(await page.locator('a').count(), 0)
  assert.equal(await happens('MouseEvent', 'contextmenu'), false)
  assert.equal(await happens('DragEvent', 'drop'), false)
  assert.equal(await happens('WheelEvent', 'wheel', { ctrlKey: true }), false)
  assert.equal(await happens('KeyboardEvent', 'keydown', { key: 'p', ctrlKey: true }), false)
  assert.equal(await happens('KeyboardEvent', 'keydown', { key: '+', ctrlKey: true }), true)

  await idle().tap()
  for (let i = 0; i < 6; i++) {
    await page.evaluate(() => history.back())
    await page.waitForTimeout(60)
  }
  assert.equal(new URL(page.url()).pathname, '/tablet/')
  await idle().waitFor()
  await counter.sell(500)
  await page.getByRole('heading', { name: '5 points' }).waitFor() // and it is alive
  assert.equal(await page.locator('a').count(), 0)
})

test('two fingers enlarge nothing, and a pull does not reload', async () => {
  const { page } = tab
  const pinch = async () => {
    const devices = await page.context().newCDPSession(page)
    await devices.send('Input.synthesizePinchGesture', { x: 500, y: 400, scaleFactor: 2 })
    return page.evaluate(() => window.visualViewport.scale)
  }
  await activate(page, server, counter.code)
  assert.equal(await pinch(), 1)
  for (const element of ['html', 'body']) {
    const style = await page.locator(element).evaluate((node) => {
      const { overscrollBehaviorY, touchAction } = getComputedStyle(node)
      return [overscrollBehaviorY, touchAction]
    })
    assert.deepEqual(style, ['none', 'pan-x pan-y'], element)
  }
})

test('the first touch fills the screen, and the staff menu gives the window back', async () => {
  const { page } = tab
  const fills = () => page.evaluate(() => document.fullscreenElement !== null)
  await choosePin('4321')
  await activate(page, server, counter.code)
  await idle().tap()
  await page.waitForFunction(() => document.fullscreenElement !== null)
  await openStaffMenu(page)
  await pinField().fill('4321')
  await page.keyboard.press('Enter')
  await press('Quitter le plein écran')
  await page.waitForFunction(() => document.fullscreenElement === null)
  await press('Fermer le menu')
  await idle().tap()
  await page.waitForTimeout(200)
  assert.equal(await fills(), false) // as it was chosen
})

test('five taps in a corner and the PIN open the menu, on keys alone, too', async () => {
  const { page } = tab
  await choosePin('4321')
  await activate(page, server, counter.code)
  for (let i = 0; i < 4; i++) await page.touchscreen.tap(12, 12)
  await page.touchscreen.tap(500, 12)
  assert.equal(await staff().count(), 0)
  await openStaffMenu(page)
  const keypad = page.getByRole('group', { name: 'Clavier du code' })
  for (const digit of '1234') await keypad.getByRole('button', { name: digit, exact: true }).tap()
  assert.equal(await pinField().inputValue(), '1234')
  await press('Ouvrir le menu')
  await page.getByText('Ce n’est pas le bon code.').waitFor()
  assert.equal(await pinField().inputValue(), '')
  await page.keyboard.type('4321')
  await page.keyboard.press('Enter')
  await staff().getByText('En ligne').waitFor()
  await staff().getByText(counter.merchant.locations[0].name).waitFor()
  await page.keyboard.press('Escape')
  await idle().waitFor()

  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await pinField().waitFor()
  await page.keyboard.type('4321')
  await page.keyboard.press('Enter')
  await staff().getByText('En ligne').waitFor()
})

test('every key of the PIN is in sight and large enough, also on an older tablet', async () => {
  const { page } = tab
  await choosePin('4321')
  await activate(page, server, counter.code)
  await openStaffMenu(page)
  for (const size of [SIZES.landscape, SIZES.portrait, { width: 1024, height: 768 }]) {
    await page.setViewportSize(size)
    const keypad = page.getByRole('group', { name: 'Clavier du code' })
    for (const key of await keypad.getByRole('button').all()) {
      const box = await key.boundingBox()
      assert.ok(box.height >= 88 && box.width >= 88, `${box.width} × ${box.height}`)
    }
    const back = await page.getByRole('button', { name: 'Retour à la borne' }).boundingBox()
    assert.ok(back.y + back.height <= size.height, `${size.width}: ${back.y + back.height}`)
  }
})

test('a finger that rests on the shop’s sign opens it, a short touch does not', async () => {
  const { page } = tab
  await choosePin('4321')
  await activate(page, server, counter.code)
  const sign = page.getByRole('heading', { level: 1, name: counter.merchant.name })
  await sign.click({ delay: 300 })
  assert.equal(await staff().count(), 0)
  await sign.click({ delay: 1_800 })
  await pinField().waitFor()
})

test('wrong PINs lock the menu for a while, in words; a password still opens it', async () => {
  const { page } = tab
  await choosePin('4321')
  await activate(page, server, counter.code)
  await openStaffMenu(page)
  for (let i = 0; i < 5; i++) {
    await pinField().fill('0000')
    await page.keyboard.press('Enter')
    await page.getByText(i < 4 ? 'Ce n’est pas le bon code.' : 'Trop d’essais.').waitFor()
  }
  await page.getByText(/Vous pourrez réessayer à \d\d:\d\d, dans 1\d minutes/).waitFor()
  await press('Code oublié')
  await signIn(page, personOf(counter.merchant, 'manager'))
  await staff().getByText('En ligne').waitFor()
  await nobodySignedIn()
})

test('without a PIN its people are told to choose one, and sign in; strangers do not get in', async () => {
  const { page } = tab
  await activate(page, server, counter.code)
  await openStaffMenu(page)
  await page.getByText('Aucun code n’est choisi').waitFor()
  await signIn(page, { email: 'maud@ailleurs.example', password: 'rien' })
  await page.getByText('L’adresse ou le mot de passe n’est pas le bon.').waitFor()
  await signIn(page, personOf(server.demo.merchants[1], 'owner'))
  await page.getByText('Ce compte est celui d’un autre commerce.').waitFor()
  await nobodySignedIn()
  await signIn(page, personOf(counter.merchant, 'cashier'))
  await page.getByText('Ce compte ne peut pas le faire.').waitFor()
  await nobodySignedIn()
  await signIn(page, personOf(counter.merchant, 'owner'))
  await staff().getByText('En ligne').waitFor()
  await nobodySignedIn()
  await press('Fermer le menu')
  await counter.sell(400)
  await page.getByRole('heading', { name: '4 points' }).waitFor()
})

test('a menu that is left open closes by itself, before the next customer', async () => {
  const { page } = tab
  await choosePin('4321')
  await page.clock.install()
  await activate(page, server, counter.code)
  await openStaffMenu(page)
  await page.keyboard.type('4321')
  await page.keyboard.press('Enter')
  await staff().getByText('En ligne').waitFor()
  await page.clock.runFor(58_000)
  assert.equal(await staff().count(), 1)
  await page.clock.runFor(5_000)
  await idle().waitFor()
})

test('a device leaves after a question, and shows nothing of the shop from then on', async () => {
  const { page } = tab
  await choosePin('4321')
  await activate(page, server, counter.code)
  await openStaffMenu(page)
  await page.keyboard.type('4321')
  await page.keyboard.press('Enter')
  await press('Détacher cet appareil')
  await page.getByRole('heading', { name: 'Détacher cet appareil ?' }).waitFor()
  await press('Ne rien faire')
  await press('Détacher cet appareil')
  await press('Détacher cet appareil')
  await page.getByLabel('Code de la borne').waitFor()
  assert.equal(await page.getByText(counter.merchant.name).count(), 0)
  assert.equal((await listed(counter.tabletId)).paired, false)
  await counter.sell(500)
  await page.reload()
  await page.getByLabel('Code de la borne').waitFor()
})

test('whoever manages the shop makes a device the tablet by signing in on it', async () => {
  const { page } = tab
  await page.goto(`${server.url}/tablet/`)
  await press('Me connecter sans code')
  await signIn(page, personOf(counter.merchant, 'cashier'))
  await page.getByText('Ce compte ne peut pas le faire.').waitFor()
  await signIn(page, personOf(counter.merchant, 'owner'))
  const { name } = await listed(counter.tabletId)
  await page.getByRole('button', { name: new RegExp(name) }).tap()
  await idle().waitFor()
  await nobodySignedIn()
  await counter.sell(700)
  await page.getByRole('heading', { name: '7 points' }).waitFor()
})

test('a new one is added there with its place and till, by keyboard alone', async () => {
  const { page } = tab
  const { email, password } = personOf(counter.merchant, 'manager')
  const register = counter.merchant.locations[0].registers[1]
  await page.goto(`${server.url}/tablet/`)
  await page.getByRole('button', { name: 'Me connecter sans code' }).press('Enter')
  await page.keyboard.type(email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Ajouter une borne' }).press('Enter')
  await page.getByLabel('Son nom').waitFor()
  await page.keyboard.type('Terrasse')
  await page.getByLabel('Quelle caisse montre-t-elle ?').selectOption(register.id)
  await page.getByLabel('Son nom').press('Enter')
  await idle().waitFor()
  await nobodySignedIn()
  const { tablets } = (await server.api('GET', '/v2/tablets')).body
  const made = tablets.filter(({ name }) => name === 'Terrasse')
  assert.deepEqual(
    made.map((tablet) => [tablet.register.id, tablet.paired]),
    [[register.id, true]],
  )
})

test('a page that is reloaded while somebody is signed in signs them out', async () => {
  const { page } = tab
  await page.goto(`${server.url}/tablet/`)
  await press('Me connecter sans code')
  await signIn(page, personOf(counter.merchant, 'owner'))
  await page.getByText('Quelle borne est-ce').waitFor()
  await page.reload()
  await page.getByLabel('Code de la borne').waitFor()
  await page.waitForTimeout(300)
  await nobodySignedIn()
})
