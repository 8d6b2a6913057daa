/*
 * The customer's app when things are not simple: no network at any step, answers that are lost, two
 * telephones and two tabs, a session that ends under somebody's hands, a browser that keeps nothing,
 * names that no form expects.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openBrowser } from '../support/browser.mjs'
import { DEMO, openPhone, Phone } from '../support/card.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'

let server
let browser
let phone

before(async () => {
  server = await Server.start(DEMO)
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await server?.remove()
})
beforeEach(async () => {
  phone = await openPhone(browser, server)
})
afterEach(() => phone?.close())

const button = (name, page = phone.page) => page.getByRole('button', { name })
const link = (name, page = phone.page) => page.getByRole('link', { name })
const offline = (page = phone.page) => page.getByText('Pas de connexion. Rien n’est perdu')

/* The server does what is asked, and its answer never arrives. */
async function loseAnswers(page, pattern) {
  await page.route(pattern, async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  })
}

async function takeCoffee(page = phone.page) {
  await button('Prendre Un café offert', page).tap()
  await button('Prendre pour 20\u00a0points', page).tap()
}

/* On the page of the warning, a reward in hand. */
async function reachWarning(points = 20) {
  await phone.join()
  await phone.earn(points)
  await link('Récompenses').tap()
  await takeCoffee()
  await link('Utiliser Un café offert').tap()
  await button('Utiliser maintenant').waitFor()
}

async function rewardsOf(account) {
  const query = { loyalty_account_id: account.id }
  return ok(await server.api('POST', '/v2/loyalty/rewards/search', { query })).rewards
}

test('nothing is lost without a network: the number, the code, the name', async () => {
  const { page } = phone
  const context = page.context()
  await phone.open()
  await page.getByLabel('Votre numéro de téléphone').fill('06.12 34-56.99')
  await context.setOffline(true)
  await button('Recevoir mon code').tap()
  await offline().waitFor()
  assert.equal(await page.getByLabel('Votre numéro de téléphone').inputValue(), '06 12 34 56 99')
  await context.setOffline(false)
  await phone.askForCode()
  await context.setOffline(true)
  await phone.typeCode()
  await offline().waitFor()
  await context.setOffline(false)
  await button('Valider').tap()
  await page.getByLabel('Votre prénom').fill('Jeanne')
  await context.setOffline(true)
  await button('Ouvrir ma carte').tap()
  await offline().waitFor()
  await context.setOffline(false)
  await button('Ouvrir ma carte').tap()
  await phone.seesCard()
  await link('Mon compte').tap()
  assert.equal(await page.getByLabel('Prénom').inputValue(), 'Jeanne')
})

test('a page that is thrown away while its code is read finds its place again', async () => {
  const { page } = phone
  await phone.open()
  await phone.askForCode()
  await page.reload()
  await page.getByText('Un code à 6 chiffres part vers').waitFor()
  await phone.typeCode()
  await button('Ouvrir ma carte').waitFor()
  await page.getByRole('button', { name: 'Non merci' }).tap()
  await page.getByLabel('Votre numéro de téléphone').waitFor()
})

test('a wrong code is told beside the field, and another one is sent after a while', async () => {
  const { page } = phone
  await page.clock.install()
  await phone.open()
  await phone.askForCode()
  const first = await phone.lastCode()
  const field = page.getByLabel('Code à 6 chiffres')
  await field.fill(first === '111111' ? '222222' : '111111')
  await page.getByText('Ce n’est pas le bon code.').waitFor()
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  assert.equal(await field.inputValue(), '')
  const again = button(/^Renvoyer un code/)
  assert.equal(await again.getAttribute('aria-disabled'), 'true')
  assert.match(await again.innerText(), /dans \d+\ssecondes/)
  await page.clock.runFor(31_000)
  await button('Renvoyer un code')
    .and(page.locator('[aria-disabled]'))
    .waitFor({ state: 'detached' })
  await button('Changer de numéro').tap()
  await page.getByLabel('Votre numéro de téléphone').waitFor()
})

test('the card opens without a network, with its code and the time of its last news', async () => {
  const { page } = phone
  await phone.join()
  await phone.earn(34)
  await page.reload()
  await page.getByText('34 sur 50').waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller)
  await page.context().setOffline(true)
  await page.goto(phone.home)
  await page.getByText('34 sur 50').waitFor()
  await page.getByText(/Pas de connexion\. Dernière mise à jour .*\d\d:\d\d/).waitFor()
  await link('Montrer ma carte').tap()
  await page.getByRole('img', { name: 'Le code de votre carte' }).waitFor()
  await page.reload()
  await page.getByRole('img', { name: 'Le code de votre carte' }).waitFor()
  await page.context().setOffline(false)
  await phone.earn(1)
  await page.getByText('+ 1 point', { exact: true }).waitFor() // by itself, once there is a network
  assert.deepEqual(phone.complaints, [])
})

test('two telephones use one reward at once: one shows it, the other is told', async () => {
  await reachWarning()
  const other = await openPhone(browser, server, { number: phone.number })
  try {
    await other.signIn()
    await link('Récompenses', other.page).tap()
    await link('Utiliser Un café offert', other.page).tap()
    await button('Utiliser maintenant', other.page).waitFor()
    await Promise.all([
      button('Utiliser maintenant').tap(),
      button('Utiliser maintenant', other.page).tap(),
    ])
    const shown = ({ page }) => page.getByRole('timer')
    const told = ({ page }) => page.getByText('Cette récompense vient d’être utilisée')
    for (const { page } of [phone, other])
      await shown({ page }).or(told({ page })).first().waitFor()
    const counts = await Promise.all([phone, other].map((one) => shown(one).count()))
    assert.deepEqual(counts.sort(), [0, 1])
    const words = await Promise.all([phone, other].map((one) => told(one).count()))
    assert.deepEqual(words.sort(), [0, 1])
  } finally {
    await other.close()
  }
})

test('an answer that is lost takes once, and uses once', async () => {
  const { page } = phone
  await phone.join()
  await phone.earn(60)
  await link('Récompenses').tap()
  await loseAnswers(page, '**/rewards')
  await takeCoffee()
  await offline().waitFor()
  await page.unroute('**/rewards')
  await button('Prendre pour 20\u00a0points').tap()
  await link('Utiliser Un café offert').waitFor()
  const account = await phone.account()
  assert.equal(account.balance, 40)
  assert.equal((await rewardsOf(account)).length, 1)

  await link('Utiliser Un café offert').tap()
  await loseAnswers(page, '**/use')
  await button('Utiliser maintenant').tap()
  await offline().waitFor()
  await page.unroute('**/use')
  await page.reload() // the page dies: the telephone still owns what it used
  await page.getByRole('timer').waitFor()
})

test('a double tap takes once', async () => {
  await phone.join()
  await phone.earn(60)
  await link('Récompenses').tap()
  await button('Prendre Un café offert').tap()
  await button('Prendre pour 20\u00a0points').evaluate((element) => {
    element.click()
    element.click()
  })
  await link('Utiliser Un café offert').waitFor()
  assert.equal((await phone.account()).balance, 40)
})

test('a session that ends while somebody types costs them a code, and nothing else', async () => {
  const { page } = phone
  await phone.join()
  await link('Mon compte').tap()
  await page.getByLabel('Prénom').fill('Marie-Thérèse')
  await page.context().clearCookies()
  await button('Enregistrer').tap()
  await page.getByText('Ce que vous faisiez est gardé.').waitFor()
  await phone.askForCode()
  await phone.typeCode()
  await page.getByText('C’est enregistré.').waitFor() // what was tapped goes on by itself
  assert.equal(await page.getByLabel('Prénom').inputValue(), 'Marie-Thérèse')
  await page.reload()
  assert.equal(await page.getByLabel('Prénom').inputValue(), 'Marie-Thérèse')
})

test('a countdown outlives a reload where the browser keeps nothing', async () => {
  const { page } = phone
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('refused', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage', 'caches', 'indexedDB'])
      Object.defineProperty(window, name, { get: refuse })
  })
  await reachWarning()
  await button('Utiliser maintenant').tap()
  await page.getByRole('timer').waitFor()
  await page.reload()
  await page.getByRole('timer').waitFor()
  assert.deepEqual(phone.complaints, [])
})

test('what one tab does, the other shows', async () => {
  const { page } = phone
  await phone.join()
  const tab = new Phone(server, { page: await page.context().newPage() }, phone.number)
  await tab.open()
  await tab.seesCard()
  await phone.earn(60)
  await link('Récompenses').tap()
  await takeCoffee()
  await link('Utiliser Un café offert').waitFor()
  await tab.page.getByText('1 à utiliser').waitFor()
  await link('Ma carte').tap()
  await link('Mon compte').tap()
  await button('Se déconnecter').tap()
  await tab.page.getByLabel('Votre numéro de téléphone').waitFor()
})

test('names from right to left, with signs and without end, change nothing else', async () => {
  const { page } = phone
  await phone.join()
  for (const name of ['أحمد بن عبد الله', '🥐🥖', 'Ŵ'.repeat(90), '<b>Zoé</b> & {count}']) {
    await link('Mon compte').tap()
    await page.getByLabel('Prénom').fill(name)
    await button('Enregistrer').tap()
    await page.getByText('C’est enregistré.').waitFor()
    await page.reload()
    assert.equal(await page.getByLabel('Prénom').inputValue(), name)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(over <= 0, `${over} px too wide with ${name}`)
    await link('Ma carte').tap()
  }
})

test('stamps are stamped, and the salon’s own words are used', async () => {
  const { page } = phone
  phone.visit('salon-nova', 1)
  await phone.join()
  assert.equal(await phone.balance(), '0 tampon')
  await link('Montrer ma carte').tap()
  await page.getByRole('img', { name: 'Le code de votre carte' }).waitFor()
  await phone.earn(7)
  await page.getByText('+ 7 tampons', { exact: true }).waitFor()
  await button('Terminer').tap()
  await page.getByRole('progressbar', { name: 'Chemin vers la récompense' }).waitFor()
  await page.getByText('7 sur 10').waitFor()
  await page.getByText('Un soin offert').waitFor()
})

test('a demo’s visitor finds the code on its page of messages', async () => {
  const { page } = phone
  await phone.open()
  await phone.askForCode()
  const opening = page.waitForEvent('popup')
  await link('Lire mon code ici').tap()
  const messages = await opening
  await messages
    .getByText(await phone.lastCode())
    .first()
    .waitFor()
})

test('several programmes, one with seven rewards and one with none, each have their card', async () => {
  const { page } = phone
  const headers = { authorization: `Bearer ${phone.merchant.api_key}` }
  const terminology = { one: 'café', other: 'cafés' }
  for (const [name, tiers] of [
    ['Les cafés', 7],
    ['Bientôt', 0],
  ]) {
    const reward_tiers = Array.from({ length: tiers }, (_, i) => ({
      name: `Café numéro ${i + 1}`,
      points: 5 * (i + 1),
    }))
    const program = {
      name,
      type: 'points',
      terminology,
      accrual_rules: [{ accrual_type: 'VISIT', points: 1, visit_data: {} }],
      reward_tiers,
    }
    const body = { program, idempotency_key: `app-${name}` }
    ok(await server.ask('POST', '/v2/loyalty/programs', { body, headers }))
  }
  await phone.join()
  const cards = page.getByRole('list', { name: 'Vos cartes' })
  await cards.getByRole('button', { name: 'Les cafés' }).tap()
  await page.getByText('Café numéro 1').waitFor()
  await cards.getByRole('button', { name: 'Bientôt' }).tap()
  await page.getByText('Les récompenses arrivent bientôt. Vos cafés sont gardés.').waitFor()
  await link('Récompenses').tap()
  await page.getByRole('heading', { name: 'Les cafés' }).waitFor()
  assert.equal(await page.getByText(/^Café numéro \d$/).count(), 7)
  assert.equal(await page.getByRole('button', { name: /^Prendre/ }).count(), 0)
})
