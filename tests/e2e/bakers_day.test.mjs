/*
 * A baker's day: two hundred customers at two screens of one till, in French, by the keyboard. Most
 * say nothing, some join, some come back with points and take a reward, some bring things back. At
 * the end the day's summary says what the script has added up by itself, and the books agree.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, openPage } from '../support/browser.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'
import { cashier, member, openTill, owner, salesOf, type } from '../support/till.mjs'

const SIZE = { width: 1440, height: 900 }
const CUSTOMERS = 200
/* What follows a closing at once is its own second tap. */
const SETTLED_MS = 420
const NUMBER = /[^\d,]/g
let server, browser
const tabs = []

before(async () => {
  server = await Server.start()
  browser = await openBrowser()
})
after(async () => {
  for (const tab of tabs) {
    assert.deepEqual(tab.complaints, [])
    await tab.close()
  }
  await browser?.close()
  await server?.remove()
})

async function open(person) {
  const tab = await openPage(browser, { size: SIZE })
  tabs.push(tab)
  await openTill(tab.page, server, person)
  return tab.page
}

/* ---- what the script adds up by itself ---- */

const sums = { baskets: 0, total: 0, by: {}, joined: 0, rewards: 0, refunds: 0, refunded: 0 }
const perHand = (name) => (sums.by[name] ??= { baskets: 0, total: 0 })
function count(who, cents) {
  for (const sum of [sums, perHand(who)]) {
    sum.baskets += 1
    sum.total += cents
  }
}
const euros = (cents) => `${(cents / 100).toFixed(2).replace('.', ',')} €`
const centsOf = (text) => Math.round(100 * Number(text.replace(NUMBER, '').replace(',', '.')))

/* ---- customers ---- */

/* Somebody at the counter is served by one hand. */
class Hand {
  constructor(page, name) {
    Object.assign(this, { page, name })
  }
  heading(name) {
    return this.page.getByRole('heading', { name })
  }
  async pay(cents) {
    await type(this.page, String(cents))
    await this.page.keyboard.press('Enter')
    count(this.name, cents)
  }
  /* Below the minimum nothing is asked; otherwise they do not want to join. */
  async stranger(cents) {
    await this.pay(cents)
    if (cents < 100) return this.recorded(cents)
    await this.heading('Adhérer ?').waitFor()
    await this.page.waitForTimeout(SETTLED_MS)
    await this.page.keyboard.press('n')
    await this.ready()
  }
  recorded(cents) {
    const text = new RegExp(`${euros(cents).slice(0, -2)}\\s€ enregistrés`)
    return this.page.getByText(text).last().waitFor()
  }
  /* The counter is free for the next one. */
  ready() {
    return this.page.getByRole('button', { name: 'Fermer la caisse' }).waitFor()
  }
  async joins(cents, phone) {
    await this.pay(cents)
    await this.heading('Adhérer ?').waitFor()
    await this.page.waitForTimeout(SETTLED_MS)
    await this.page.keyboard.press('o')
    await this.page.getByLabel('Numéro de téléphone').fill(phone)
    await this.page.keyboard.press('Enter')
    await this.heading('Scannez pour avoir votre carte').waitFor()
    await this.page.waitForTimeout(SETTLED_MS)
    await this.page.keyboard.press('Escape')
    await this.ready()
    sums.joined += 1
  }
  async find(phone) {
    await this.page.keyboard.press('c')
    await this.page.getByLabel('Numéro de téléphone').fill(phone)
    await this.page.keyboard.press('Enter')
  }
  async regular(cents, phone) {
    await this.find(phone)
    await this.page.getByText('Marie Dupont').filter({ visible: true }).first().waitFor()
    await this.pay(cents)
    await this.heading(/de plus\.$/).waitFor()
    await this.page.waitForTimeout(SETTLED_MS)
    await this.page.keyboard.press('Escape')
    await this.ready()
  }
  /* A coffee for ten points, with what they buy. */
  async rewarded(cents, phone) {
    await this.find(phone)
    const take = this.page.getByRole('button', { name: 'Prendre : Un café offert' })
    await take.filter({ visible: true }).first().click()
    await this.page.getByText('à donner en encaissant').filter({ visible: true }).first().waitFor()
    await this.pay(cents)
    await this.heading(/de plus\.$/).waitFor()
    await this.page.waitForTimeout(SETTLED_MS)
    await this.page.keyboard.press('Escape')
    await this.ready()
    sums.rewards += 1
  }
}

/* Prices of a bakery: the same ones each run, no two customers quite alike. */
const priceOf = (i) => 95 + ((i * 137) % 900)
/* What each of a hundred is. */
async function serve(hand, i, phones) {
  const price = priceOf(i)
  if (i % 20 === 7) return hand.joins(price + 100, `06${String(11_000_000 + i)}`)
  if (i % 20 === 13) return hand.regular(price + 100, phones[i % phones.length])
  if (i % 50 === 29) return hand.rewarded(price + 100, phones[i % phones.length])
  return hand.stranger(i % 3 ? 40 + (i % 55) : price)
}

/* ---- back to the counter ---- */

async function refund(page, { part, lines, amount, toNote, owed }) {
  await page.keyboard.press('v')
  const row = page.getByRole('button', { name: /^Rendre la vente de/ }).nth(lines ?? 0)
  await row.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: part }).check()
  if (part === 'Des articles')
    await dialog.getByRole('button', { name: /^En rendre un de plus/ }).click()
  if (amount) await dialog.getByLabel('Montant à rendre').fill(amount)
  await dialog.getByRole('radio', { name: 'Erreur de caisse' }).check()
  if (toNote) await dialog.getByRole('radio', { name: 'En avoir' }).check()
  const sentence = dialog.getByText(/^Vous devez .* au client\.$/)
  await sentence.waitFor()
  const cents = centsOf(await sentence.innerText())
  if (owed) assert.equal(cents, owed)
  await dialog.getByRole('button', { name: toNote ? /^Faire un avoir de/ : /^Rendre / }).click()
  const done = toNote ? /^Avoir de/ : /^Rendez .* au client\.$/
  await dialog.getByText(done).waitFor()
  await dialog.getByRole('button', { name: 'Terminé' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  sums.refunds += 1
  sums.refunded += cents
  return cents
}

test('two hundred customers later, the day says what happened', async () => {
  const phones = ['0699000001', '0699000002', '0699000003', '0699000004']
  for (const phone of phones) await member(server, phone, 6000)
  const known = phones.length // the sales with which they joined, by a program with a key
  const hands = [
    new Hand(await open(owner(server)), owner(server).name),
    new Hand(await open(cashier(server)), cashier(server).name),
  ]
  await Promise.all(
    hands.map(async (hand, k) => {
      for (let i = k; i < CUSTOMERS; i += hands.length) await serve(hand, i, phones)
    }),
  )
  assert.equal(sums.baskets, CUSTOMERS)
  assert.equal((await salesOf(server)).length, 100) // a page of them

  const [{ page }] = hands
  await refund(page, { part: 'Tout' })
  await refund(page, { part: 'Un montant', amount: '0,10', owed: 10, lines: 1 })
  await refund(page, { part: 'Des articles', toNote: true, lines: 3 })

  await page.keyboard.press('j')
  const dialog = page.getByRole('dialog', { name: 'Journée' })
  await dialog.getByText('Ventes enregistrées').waitFor()
  const { day } = ok(await server.api('POST', '/v2/till/day', { location_id: place() }))
  const before = known * 6000
  assert.deepEqual(
    {
      baskets: day.baskets - known,
      total: day.total_money.amount - before,
      joined: day.customers_new - known,
      rewards: day.rewards_used,
      refunds: day.refunds,
      refunded: day.refunded_money.amount,
      by: Object.fromEntries(
        day.servers
          .filter(({ name }) => sums.by[name])
          .map(({ name, baskets, total_money }) => [name, { baskets, total: total_money.amount }]),
      ),
    },
    sums,
  )
  const hours = day.hours.reduce((sum, { baskets }) => sum + baskets, 0)
  assert.equal(hours, day.baskets)

  const shown = centsOf(await dialog.locator('.number').innerText())
  assert.equal(shown, day.total_money.amount)
  await dialog
    .getByText(`${CUSTOMERS + known} paniers`)
    .first()
    .waitFor()
  for (const { name } of [owner(server), cashier(server)])
    await dialog.getByText(name).last().waitFor()
  await dialog.getByRole('button', { name: 'Terminer la journée' }).click()
  await dialog.getByText(/^Journée terminée à/).waitFor()
  assert.match(await server.habitue('audit'), /All balances, lots and events agree/)
})

const place = () => server.demo.merchants[0].locations[0].id
