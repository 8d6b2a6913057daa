/*
 * The dashboard when things go wrong: sessions that end, answers that do not come, hurried fingers,
 * two windows, long lists.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openBrowser } from '../support/browser.mjs'
import { addMember, adjustmentsOf, ask, balanceOf, openDesk, staffOf } from '../support/desk.mjs'
import { Server } from '../support/server.mjs'

let server
let browser
let tab

before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())
beforeEach(async () => {
  server = await Server.start()
})
afterEach(async () => {
  await tab?.close()
  await server?.remove()
})

const button = (name) => tab.page.getByRole('button', { name, exact: true })

/* The adjusting form of a customer, filled in. */
async function fillAdjusting(page, points, reason = '') {
  await button('Corriger le solde').click()
  await page.getByLabel('Combien de points').fill(points)
  await page.getByLabel('Pourquoi').fill(reason)
}

test('a session that ends in a form: signed in over it, nothing is lost, and it is sent once', async () => {
  const { customer, account } = await addMember(server, { given_name: 'Nadia' }, 5)
  tab = await openDesk(browser, server, { path: `/customers/${customer.id}` })
  const { page, complaints } = tab
  await fillAdjusting(page, '10', 'gâteau oublié')
  await page.context().clearCookies()
  await button('Ajouter 10 points').click()
  await page.getByText('Votre session est finie.').waitFor()
  assert.equal(await page.getByLabel('Adresse e-mail').inputValue(), staffOf(server).email)
  await page.getByLabel('Mot de passe').fill('pas celui-là')
  await page.keyboard.press('Enter')
  await page.getByText('L’adresse ou le mot de passe ne va pas.').waitFor()
  await page.getByLabel('Mot de passe').fill(staffOf(server).password)
  await page.keyboard.press('Enter')
  await page.getByText('10 points de plus pour Nadia.').waitFor()
  assert.equal(await balanceOf(server, account), 15)
  const [adjusted] = await adjustmentsOf(server, account)
  assert.equal(adjusted.adjust_points.reason, 'gâteau oublié')
  assert.deepEqual(complaints, [])
})

test('a form left at the door is there again behind it', async () => {
  tab = await openDesk(browser, server, { path: '/customers/new' })
  const { page } = tab
  await page.getByLabel('Prénom', { exact: true }).fill('Maximilien')
  await page.context().clearCookies()
  await page.reload()
  await page.getByLabel('Adresse e-mail').fill(staffOf(server).email)
  await page.getByLabel('Mot de passe').fill(staffOf(server).password)
  await page.keyboard.press('Enter')
  await button('Ajouter').waitFor()
  assert.equal(await page.getByLabel('Prénom', { exact: true }).inputValue(), 'Maximilien')
})

test('an answer that got lost: said in words, tried again, done once', async () => {
  const { customer, account } = await addMember(server, { given_name: 'Paul' }, 5)
  tab = await openDesk(browser, server, { path: `/customers/${customer.id}` })
  const { page } = tab
  await fillAdjusting(page, '7')
  let lost = 0
  await page.route('**/adjust', async (route) => {
    if (lost++ > 0) return route.continue()
    await route.fetch() // the server does it, and its answer never arrives
    await route.abort('connectionfailed')
  })
  await button('Ajouter 7 points').click()
  await page.getByText('Pas de réponse').waitFor()
  assert.equal(await page.getByLabel('Combien de points').inputValue(), '7')
  await button('Ajouter 7 points').click()
  await page.getByText('7 points de plus pour Paul.').waitFor()
  assert.equal(await balanceOf(server, account), 12)
  assert.equal((await adjustmentsOf(server, account)).length, 2) // the first five, and these seven
})

test('two taps are one wish', async () => {
  const { customer, account } = await addMember(server, { given_name: 'Lucas' }, 25)
  tab = await openDesk(browser, server, { path: `/customers/${customer.id}` })
  const { page } = tab
  await fillAdjusting(page, '9')
  await button('Ajouter 9 points').dblclick()
  await page.getByText('9 points de plus pour Lucas.').waitFor()
  await page.waitForTimeout(300)
  assert.equal(await balanceOf(server, account), 34)
  await button('Prendre').first().click()
  await button('Prendre pour 20 points').dblclick()
  await page.getByText('À donner').first().waitFor()
  await page.waitForTimeout(300)
  assert.equal(await balanceOf(server, account), 14)
})

test('a page without a network says so, and comes back by itself', async () => {
  await addMember(server, { given_name: 'Inès' }, 5)
  tab = await openDesk(browser, server, { path: '/customers' })
  const { page } = tab
  await page.getByText('Inès').waitFor()
  await page.context().setOffline(true)
  await page.getByText('Pas de connexion.').waitFor()
  await page.getByLabel('Nom, téléphone ou e-mail').fill('zo')
  await page.waitForTimeout(400)
  await page.getByText('Inès').waitFor() // the list stays
  await page.context().setOffline(false)
  await page.getByText('Pas de connexion.').waitFor({ state: 'detached', timeout: 20_000 })
})

test('two windows: what one changes the other shows, and an old form does not overwrite it', async () => {
  const { customer } = await addMember(server, { given_name: 'Ysée', family_name: 'Martin' })
  const path = `/customers/${customer.id}/record`
  tab = await openDesk(browser, server, { path })
  const { page } = tab
  await button('Modifier la fiche').click()
  await page.getByLabel('E-mail', { exact: true }).fill('ysee@exemple.fr')
  await ask(server, 'PUT', `/v2/customers/${customer.id}`, { family_name: 'Petit' })
  await page.getByRole('heading', { name: 'Ysée Petit' }).waitFor()
  await button('Enregistrer').click()
  await page.getByText('La fiche est à jour.').waitFor()
  const { customer: now } = await ask(server, 'GET', `/v2/customers/${customer.id}`)
  assert.equal(now.email_address, 'ysee@exemple.fr')
  assert.equal(now.family_name, 'Petit')
})

test('a long list comes in pages and keeps its place; names of every kind fit', async () => {
  const names = ['Zoé 🥐', 'محمد', `Maximilien-Alexandre-Théophraste ${'Longnom'.repeat(8)}`]
  for (let i = 0; i < 70; i++)
    await ask(server, 'POST', '/v2/customers', {
      given_name: names[i] ?? `Client ${i}`,
      idempotency_key: `long-${i}`,
    })
  tab = await openDesk(browser, server, { path: '/customers', size: { width: 390, height: 844 } })
  const { page } = tab
  await page.getByText('Client 69').waitFor()
  assert.equal(await page.locator('tbody tr').count(), 30)
  await button('Afficher plus').click()
  await button('Afficher plus').click()
  await page.getByText('Zoé').waitFor()
  assert.equal(await page.locator('tbody tr').count(), 70)
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(tooWide <= 0, `${tooWide} px wider than the screen`)
  await page.getByLabel('Nom, téléphone ou e-mail').fill('client 4')
  await page.getByText('Client 69').waitFor({ state: 'detached' })
  assert.match(page.url(), /q=client\+4/)
})
