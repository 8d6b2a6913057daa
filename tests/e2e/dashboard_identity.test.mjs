/*
 * Who is who, on the dashboard: two records of one person merged and parted again, another number,
 * cards unlinked by ticking, a credit that the wrong customer got.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { checkAccess, openBrowser } from '../support/browser.mjs'
import { addMember, ask, balanceOf, openDesk, sellTo } from '../support/desk.mjs'
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

const LOCALE = { locale: 'fr-FR' }
const button = (name) => tab.page.getByRole('button', { name, exact: true })
const line = (amount) => ({ name: 'Panier', price_money: { amount, currency: 'EUR' } })

test('two records become one with the number chosen, and two again', async () => {
  const anne = await addMember(
    server,
    { given_name: 'Anne', family_name: 'Morel', phone_number: '+33688000001' },
    30,
  )
  const anna = await addMember(
    server,
    { given_name: 'Anne', family_name: 'Morel', phone_number: '+33688000002' },
    12,
  )
  tab = await openDesk(browser, server, {
    ...LOCALE,
    path: `/customers/${anne.customer.id}/record`,
  })
  const { page, complaints } = tab
  await page.getByText('même nom').waitFor()
  await button('Comparer').click()
  const row = page.getByRole('row').filter({ hasText: 'Les Habitués du Fournil' })
  await row.filter({ hasText: /30.points.*12.points.*42.points/ }).waitFor()
  await page.getByRole('radio', { name: /06 88 00 00 02/ }).check()
  await page.getByText(/L’autre numéro, 06 88 00 00 01, n’est plus à personne/).waitFor()
  await checkAccess(page, 'who is who')
  await button('Fusionner les deux fiches').click()
  await page.getByText(/Désormais, ce client donne le 06 88 00 00 02/).waitFor()
  await button('Terminer').click()
  /* The button that opened it is gone with its suggestion: what lies below has the focus. */
  await page.locator('h2:focus', { hasText: 'Anne Morel' }).waitFor()
  assert.equal(await balanceOf(server, anna.account), 42)

  await page.getByText(/Fusionnée le .* avec Anne Morel/).waitFor()
  await button('Annuler la fusion').click()
  await button('Séparer les deux fiches').click()
  await page.getByText('Ce sont de nouveau deux fiches.').waitFor()
  await page.getByText(/avec une autre fiche, séparée depuis/).waitFor()
  assert.equal(await balanceOf(server, anne.account), 30)
  assert.equal(await balanceOf(server, anna.account), 12)
  assert.deepEqual(complaints, [])
})

test('another record is found by its number, and one’s own is not offered', async () => {
  const one = await addMember(server, { given_name: 'Basile', phone_number: '+33688000011' })
  await addMember(server, { given_name: 'Basil', phone_number: '+33688000012' })
  tab = await openDesk(browser, server, { ...LOCALE, path: `/customers/${one.customer.id}/record` })
  const { page, complaints } = tab
  await button('Fusionner avec une autre fiche').click()
  await page.getByRole('dialog').getByLabel('Nom, téléphone ou e-mail').last().fill('basil')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /06 88 00 00 12/ })
    .click()
  await page.getByRole('columnheader', { name: 'Ensemble' }).waitFor()
  await button('Choisir une autre fiche').click()
  await page.getByRole('dialog').getByLabel('Nom, téléphone ou e-mail').last().fill('0688000011')
  await page.getByText('Personne d’autre ne porte ce nom ou ce numéro.').waitFor()
  assert.deepEqual(complaints, [])
})

test('a number is changed for all accounts; somebody else’s is refused in words', async () => {
  const one = await addMember(server, { given_name: 'Clara', phone_number: '+33688000021' })
  await addMember(server, { given_name: 'Denis', phone_number: '+33688000022' })
  tab = await openDesk(browser, server, { ...LOCALE, path: `/customers/${one.customer.id}/record` })
  const { page } = tab
  await button('Changer de numéro').click()
  await page.getByLabel('Nouveau numéro').fill('0688000022')
  await page.keyboard.press('Enter')
  await page.getByText('Ce téléphone appartient déjà à un autre client.').waitFor()
  await page.getByLabel('Nouveau numéro').fill('0688000029')
  await checkAccess(page, 'who is who')
  await page.keyboard.press('Enter')
  await page.getByText(/Le nouveau numéro est le 06 88 00 00 29/).waitFor()
  const { loyalty_account } = await ask(server, 'GET', `/v2/loyalty/accounts/${one.account.id}`)
  assert.equal(loyalty_account.mapping.phone_number, '+33688000029')
})

test('a credit goes to whom the purchase was', async () => {
  const wrong = await addMember(server, { given_name: 'Elsa', phone_number: '+33688000031' })
  const right = await addMember(server, { given_name: 'Elias', phone_number: '+33688000032' })
  await sellTo(server, wrong.customer, [line(18_00)])
  assert.equal(await balanceOf(server, wrong.account), 18)
  const { orders } = await ask(server, 'POST', '/v2/orders/search', { query: {}, limit: 1 })
  tab = await openDesk(browser, server, { ...LOCALE, path: `/sales/${orders[0].id}` })
  const { page, complaints } = tab
  await button('Créditer un autre client').click()
  await page.getByRole('dialog').getByLabel('Nom, téléphone ou e-mail').last().fill('elias')
  await page.getByRole('dialog').getByRole('button', { name: /Elias/ }).click()
  await page.getByText(/est repris à .* et donné à Elias/).waitFor()
  await checkAccess(page, 'who is who')
  await button('Déplacer le crédit').click()
  await page.getByText(/Le crédit est maintenant sur la fiche de Elias/).waitFor()
  assert.equal(await balanceOf(server, wrong.account), 0)
  assert.equal(await balanceOf(server, right.account), 18)
  assert.deepEqual(complaints, [])
})
