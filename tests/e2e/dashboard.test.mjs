/*
 * The dashboard's main journeys in French: with a finger on a phone, and with the keyboard alone.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openBrowser, openPage, SIZES } from '../support/browser.mjs'
import { counterOf } from '../support/counter.mjs'
import { addMember, ask, balanceOf, openDesk, signIn, staffOf } from '../support/desk.mjs'
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
const link = (name) => tab.page.getByRole('link', { name, exact: true })

async function customersCalled(given_name) {
  const { customers } = await ask(server, 'POST', '/v2/customers/search', {
    query: { filter: { text: { fuzzy: given_name } } },
  })
  return customers
}

/* What a finger touches is large enough. A row of a table is touched anywhere, not on its link alone. */
async function checkFingers(page, what) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('a[href], button, input, select, textarea')]
      .filter((element) => element.checkVisibility() && !element.closest('[inert]'))
      .filter((element) => !element.matches('.skip, [type=radio], [type=checkbox], th a'))
      .map((element) => ({
        text: element.outerHTML.slice(0, 80),
        box: element.getBoundingClientRect(),
      }))
      .filter(
        ({ box }) => box.width > 0 && (box.height < 24 || Math.max(box.width, box.height) < 36),
      )
      .map(({ text, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${text}`),
  )
  assert.deepEqual(small, [], what)
}

async function addCustomerByFinger(page) {
  await page.getByRole('navigation').getByRole('link', { name: 'Clients' }).tap()
  await page.getByText('Ici viendront vos habitués.').waitFor()
  await page.locator('header').getByRole('link', { name: 'Ajouter un client' }).tap()
  await button('Ajouter').tap()
  await page.getByText('Donnez au moins un téléphone ou un nom.').waitFor()
  await page.getByLabel('Téléphone', { exact: true }).fill('0612')
  await page.getByLabel('Prénom', { exact: true }).fill('Amélie')
  await button('Ajouter').tap()
  await page.getByText('Ce numéro ne semble pas complet.').waitFor()
  await page.getByLabel('Téléphone', { exact: true }).fill('0612345678')
  await button('Ajouter').tap()
  await page.getByRole('heading', { name: 'Amélie' }).waitFor()
  await page.getByText('06 12 34 56 78').first().waitFor()
}

async function givePointsByFinger(page) {
  await button('Corriger le solde').tap()
  await page.getByLabel('Combien de points').fill('1 20')
  await page.getByText('Combien ?').waitFor({ state: 'detached' })
  await page.getByLabel('Combien de points').fill('120')
  await page.getByText('Il deviendra').waitFor()
  await page.getByLabel('Pourquoi').fill('gâteau oublié')
  await checkFingers(page, 'adjusting')
  await button('Ajouter 120 points').tap()
  await page.getByText('120 points de plus pour Amélie.').waitFor()
  await page.getByText('120', { exact: true }).waitFor()
}

async function rewardByFinger(page) {
  await page.getByRole('listitem').filter({ hasText: 'Un café offert20' }).getByRole('button').tap()
  await page.getByText('quittent tout de suite le solde').waitFor()
  await button('Prendre pour 20 points').tap()
  await page.getByText('Elle attend d’être donnée').waitFor()
  await button('Donner').tap()
  await page.getByLabel('Où').selectOption({ index: 0 })
  await button('Donner au client').tap()
  await page.getByText('1 récompense passée').tap()
  await button('Annuler l’usage').waitFor()
  await page.getByText('100', { exact: true }).waitFor()
}

test('with a finger, on a phone: a customer is added, given points, and takes a reward', async () => {
  tab = await openPage(browser, { size: SIZES.phone })
  const { page, complaints } = tab
  await page.goto(`${server.url}/dashboard/`)
  await page.getByLabel('Adresse e-mail').fill(staffOf(server).email)
  await button('Entrer').tap()
  await page.getByText('Écrivez votre mot de passe.').waitFor()
  await page.getByLabel('Mot de passe').fill(staffOf(server).password)
  await button('Entrer').tap()
  await page.getByRole('heading', { name: 'Bonjour Camille' }).waitFor()
  await checkFingers(page, 'home')

  await addCustomerByFinger(page)
  await givePointsByFinger(page)
  await rewardByFinger(page)
  await checkFingers(page, 'the sheet')

  await link('Activité').tap()
  await page.getByText('gâteau oublié').waitFor()
  await page.getByText('+120 points').waitFor()
  await page.getByText('par Camille Moreau').first().waitFor()
  await button('Corrections').tap()
  await page.getByText('Récompense prise').waitFor({ state: 'detached' })
  assert.equal(new URL(page.url()).pathname.split('/').at(-1), 'activity')
  assert.deepEqual(complaints, [])
})

/* Presses Tab until this has the focus, as somebody without a mouse does. */
async function tabTo(page, locator, most = 60) {
  for (let i = 0; i < most; i++) {
    if (await locator.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tab never came to ${locator}`)
}

test('with the keyboard alone: found, corrected, undone, renamed', async () => {
  const { account } = await addMember(server, { given_name: 'Ysée', family_name: 'Martin' }, 30)
  tab = await openPage(browser, { size: { width: 1440, height: 900 } })
  const { page, complaints } = tab
  await page.goto(`${server.url}/dashboard/`)
  await page.getByLabel('Adresse e-mail').waitFor()
  await page.keyboard.type(staffOf(server).email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(staffOf(server).password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Bonjour Camille' }).waitFor()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('ysee mar')
  await page.getByRole('option', { name: 'Ysée Martin' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Ysée Martin' }).waitFor()
  await tabTo(page, button('Corriger le solde'))
  await page.keyboard.press('Enter')
  await page.keyboard.type('12')
  await page.keyboard.press('Enter')
  await page.getByText('12 points de plus pour Ysée Martin.').waitFor()
  assert.equal(await balanceOf(server, account), 42)
  await tabTo(page, button('Annuler'))
  await page.keyboard.press('Enter')
  await page.getByText('C’est annulé').waitFor()
  assert.equal(await balanceOf(server, account), 30)

  await tabTo(page, link('Fiche'))
  await page.keyboard.press('Enter')
  await tabTo(page, button('Modifier la fiche'))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByLabel('Anniversaire'))
  await page.keyboard.type('31/02')
  await page.keyboard.press('Enter')
  await page.getByText('Ce n’est pas tout à fait cela').waitFor()
  await tabTo(page, page.getByLabel('Anniversaire'))
  await page.keyboard.press('Control+a')
  await page.keyboard.type('14/07')
  await page.keyboard.press('Enter')
  await page.getByText('14 juillet').waitFor()
  assert.equal((await customersCalled('Ysée'))[0].birthday, '0000-07-14')
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Ysée Martin' }).waitFor({ state: 'detached' })
  assert.deepEqual(complaints, [])
})

test('home lives: a sale moves its figures without a reload, and what is wrong leads to its cure', async () => {
  tab = await openDesk(browser, server)
  const { page, complaints } = tab
  await page.evaluate(() => (window.wasHere = true))
  await counterOf(server).sell(12_40)
  await page.getByText('12,40 €').first().waitFor()
  await link('Choisir un code').click()
  await button('Choisir un code').click()
  await page.getByLabel('Nouveau code').fill('12')
  await button('Enregistrer').click()
  await page.getByText('Il faut de 4 à 8 chiffres.').waitFor()
  await page.getByLabel('Nouveau code').fill('４３２１') // full-width digits are digits
  await button('Enregistrer').click()
  await page.getByText('Il est choisi.').waitFor()
  await link('Accueil').click()
  await page.getByText('Aucun code ne protège').waitFor({ state: 'detached' })
  assert.equal(await page.evaluate(() => window.wasHere), true)
  assert.deepEqual(complaints, [])
})

test('a customer is deleted with a typed word, after being told what happens', async () => {
  await addMember(server, { given_name: 'محمد', family_name: 'العربي' }, 20)
  tab = await openDesk(browser, server, { path: '/customers' })
  const { page } = tab
  await page.getByRole('link', { name: 'محمد العربي' }).click()
  await link('Fiche').click()
  await button('Supprimer ce client…').click()
  await page.getByText('Son solde et ses récompenses sont perdus.').waitFor()
  await button('Supprimer pour toujours').click()
  await page.getByText('Écrivez « supprimer » pour confirmer.').waitFor()
  assert.equal((await customersCalled('محمد')).length, 1)
  await page.getByLabel('Pour confirmer').fill('Supprimer')
  await button('Supprimer pour toujours').click()
  await page.getByText('est supprimée').waitFor()
  assert.equal((await customersCalled('محمد')).length, 0)
  await page.getByText('Ici viendront vos habitués.').waitFor()
})

test('who may not do a thing does not see it', async () => {
  await addMember(server, { given_name: 'Paul' }, 50)
  tab = await openDesk(browser, server, { role: 'cashier', path: '/customers' })
  const { page } = tab
  assert.equal(await link('Réglages').count(), 0)
  assert.equal(await link('Messages').count(), 0)
  await page.getByRole('link', { name: 'Paul' }).click()
  await page.getByText('50', { exact: true }).waitFor()
  assert.equal(await button('Corriger le solde').count(), 0)
  await page.goto(`${server.url}/dashboard/settings`)
  await page.getByText('Cette page n’est pas pour vous.').waitFor()
  await page.goto(`${server.url}/dashboard/loyalty`)
  assert.equal(await link('Nouveau programme').count(), 0)
  await page.getByText('1 point par euro').click()
  await page.getByText('Ce que voient vos clients').waitFor()
  assert.equal(await button('Suspendre').count(), 0)
})

test('too many wrong passwords shut the door for a while, and say for how long', async () => {
  tab = await openPage(browser)
  const { page } = tab
  await page.goto(`${server.url}/dashboard/`)
  for (let i = 0; i < 5; i++) {
    await signIn(page, { email: staffOf(server).email, password: `pas celui-là ${i}` })
    await page.getByText(/ne va pas|Trop d’essais/).waitFor()
  }
  await signIn(page, { email: staffOf(server).email, password: 'ni celui-ci' })
  await page
    .getByText(/Trop d’essais. Vous pourrez réessayer à \d\d:\d\d, dans 1\d minutes/)
    .waitFor()
})
