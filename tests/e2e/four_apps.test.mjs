/*
 * One evening at the bakery, in all four apps at once, each on its own device: a sale at the POS
 * lands on the counter's tablet; its newcomer scans their card from there; the dashboard sees them
 * come without a reload; what the owner gives appears on the telephone that shows its card; and at
 * our own till that card is scanned and its reward handed over. In the end the ledger agrees.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, openPage, SIZES } from '../support/browser.mjs'
import { activate, counterOf, touchKeys } from '../support/counter.mjs'
import { openDesk } from '../support/desk.mjs'
import { textOfCode } from '../support/qr.mjs'
import { Server } from '../support/server.mjs'
import { accountOf, openTill, scan } from '../support/till.mjs'

const NUMBER = '0612345678'
const STORED = '+33612345678'
let server
let browser
const tabs = {}

before(async () => {
  server = await Server.start()
  browser = await openBrowser()
  tabs.tablet = await openPage(browser, { size: SIZES.landscape })
  tabs.phone = await openPage(browser, { size: SIZES.phone })
  tabs.till = await openPage(browser, { size: SIZES.landscape })
  tabs.desk = await openDesk(browser, server, { path: '/customers' })
})
after(async () => {
  await browser?.close()
  await server?.remove()
})

const tablet = () => tabs.tablet.page
const phone = () => tabs.phone.page
const till = () => tabs.till.page
const desk = () => tabs.desk.page

/* 18,40 € at the POS: 18 points for whoever types a number. */
async function saleIsClaimedOnTheTablet() {
  const counter = counterOf(server)
  await activate(tablet(), server, counter.code)
  await counter.sell(1840)
  await tablet().getByRole('heading', { name: '18 points' }).waitFor()
  await touchKeys(tablet(), NUMBER)
  await tablet().keyboard.press('Enter')
  await tablet().getByText('Scannez pour garder votre carte sur votre téléphone').waitFor()
}

async function phoneScansItsCard() {
  const code = tablet()
    .getByRole('img', { name: /scanner/ })
    .first()
  await phone().goto(await textOfCode(code))
  await phone().getByRole('link', { name: 'Montrer ma carte' }).waitFor()
  await phone().getByText('18', { exact: true }).first().waitFor()
  assert.ok(!phone().url().includes('#in='), 'the way in is in no history')
}

/* The list that was open before anybody came has them now. */
async function dashboardSeesThemCome() {
  await desk().getByText('06 12 34 56 78').waitFor()
  await desk().getByRole('link', { name: 'Sans nom' }).click()
  await desk().getByRole('button', { name: 'Corriger le solde' }).click()
  await desk().getByLabel('Combien de points').fill('5')
  await desk().getByLabel('Pourquoi').fill('bienvenue')
  await phone().getByRole('link', { name: 'Montrer ma carte' }).click()
  await phone().getByRole('img', { name: 'Le code de votre carte' }).waitFor()
  await desk().getByRole('button', { name: 'Ajouter 5 points' }).click()
  await phone().getByText('+ 5 points', { exact: true }).waitFor()
}

async function rewardIsTakenOnThePhone() {
  await phone().getByRole('button', { name: 'Terminer' }).click()
  await phone().getByRole('link', { name: 'Récompenses' }).click()
  await phone().getByRole('button', { name: 'Prendre Un café offert' }).click()
  await phone().getByRole('button', { name: 'Prendre pour 20\u00a0points' }).click()
  await phone().getByText('Vous avez 3\u00a0points.').waitFor()
}

async function tillScansTheCardAndHandsItOver() {
  await phone().getByRole('link', { name: 'Ma carte' }).click()
  await phone().getByRole('link', { name: 'Montrer ma carte' }).click()
  const text = await textOfCode(phone().getByRole('img', { name: 'Le code de votre carte' }))
  await openTill(till(), server)
  await scan(till(), text, { french: true })
  await till().getByText('3\u00a0points').first().waitFor()
  await till().getByRole('button', { name: 'Récompense' }).click()
  await till().getByRole('button', { name: 'Utiliser : Un café offert' }).click()
  await till().getByRole('button', { name: 'Continuer la vente' }).click()
  await till()
    .getByRole('button', { name: 'Donner la récompense' })
    .filter({ visible: true })
    .click()
  await till().getByText('À donner au client').first().waitFor()
}

test('a sale becomes a card, points become a reward, and every screen knows', async () => {
  await saleIsClaimedOnTheTablet()
  await phoneScansItsCard()
  await dashboardSeesThemCome()
  await rewardIsTakenOnThePhone()
  await tillScansTheCardAndHandsItOver()
  assert.equal((await accountOf(server, STORED)).balance, 3)
  for (const { complaints } of Object.values(tabs)) assert.deepEqual(complaints, [])
  assert.match(await server.habitue('audit'), /agree/)
})
