/*
 * Rights of the person, as people use them: a customer takes what is known of them and reads what
 * the shop promises; the shop looks at whom it would erase before it does, and words its own texts.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { checkAccess, openBrowser, openPage, SIZES } from '../support/browser.mjs'
import { Guest } from '../support/guest.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'

let server, browser, guest

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  browser = await openBrowser()
  guest = new Guest(server, 'le-fournil')
  await guest.join()
})
after(async () => {
  await browser?.close()
  await server?.remove()
})

async function open(path, { cookie, ...how } = {}) {
  const opened = await openPage(browser, how)
  if (cookie) {
    const [name, value] = cookie.split('=')
    await opened.page.context().addCookies([{ name, value, url: server.url }])
  }
  await opened.page.goto(server.url + path)
  return opened
}

async function staffCookie(place) {
  const { email, password } = server.demo.merchants[0].staff[place]
  const reply = await server.ask('POST', '/v2/session', { body: { email, password } })
  ok(reply)
  return reply.headers.get('set-cookie').split(';')[0]
}

async function downloaded(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

test('a customer takes along all that the shop knows of them, as a page and as a file', async () => {
  const { page, complaints, close } = await open('/app/le-fournil/account', {
    cookie: guest.cookie,
    size: SIZES.phone,
  })
  const read = await downloaded(page, page.getByRole('button', { name: 'Lire ou imprimer' }))
  assert.equal(read.name, 'mes-donnees.html')
  assert.match(read.text, /Ce que Le Fournil sait de vous/)
  const taken = await downloaded(page, page.getByRole('button', { name: 'Emporter' }))
  assert.equal(JSON.parse(taken.text).sections.record[0].phone_number, guest.address.phone_number)
  await checkAccess(page, 'account')
  assert.deepEqual(complaints, [])
  await close()
})

test('anybody reads the shop’s texts at its address, before and after it words its own', async () => {
  const { page, close } = await open('/app/le-fournil/legal', { size: SIZES.phone })
  await page.getByRole('heading', { name: 'Confidentialité' }).waitFor()
  await checkAccess(page, 'legal')
  const shop = await open('/dashboard/settings/privacy', { cookie: await staffCookie(0) })
  await shop.page.getByText('vos clients lisent « (à compléter) »').waitFor()
  await shop.page.getByLabel('Raison sociale').fill('SARL Le Fournil')
  await shop.page.getByRole('button', { name: 'Enregistrer' }).click()
  await shop.page.getByText('Enregistré.').waitFor()
  await shop.page.getByText('Conditions du programme').click()
  await shop.page.getByRole('button', { name: 'Modifier' }).click()
  await shop.page
    .getByRole('textbox', { name: 'Conditions' })
    .fill('## Simple\n\nUn point par euro.')
  await shop.page.getByRole('button', { name: 'Enregistrer' }).last().click()
  await shop.page.getByText('Votre texte').waitFor()
  await checkAccess(shop.page, 'privacy')
  await page.reload()
  await page.getByText('Un point par euro.').waitFor()
  await page.getByText('SARL Le Fournil').first().waitFor()
  await shop.close()
  await close()
})

test('a shop looks at whom it would erase before it turns erasing on', async () => {
  const { page, close } = await open('/dashboard/settings/privacy', {
    cookie: await staffCookie(0),
  })
  const start = page.getByRole('button', { name: 'Activer l’effacement' })
  await start.waitFor()
  assert.equal(await start.getAttribute('aria-disabled'), 'true')
  await page.getByRole('button', { name: 'Voir qui serait effacé' }).click()
  await page.getByText('Personne ne serait effacé aujourd’hui.').waitFor()
  await start.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Activer l’effacement' }).click()
  await page.getByText('Actif : les clients sans nouvelles depuis 36 mois').waitFor()
  assert.equal(ok(await server.api('GET', '/v2/retention')).retention.active, true)
  await page.getByRole('button', { name: 'Arrêter l’effacement' }).click()
  await page.getByText('Inactif : personne n’est effacé.').waitFor()
  await close()
})

test('who may not erase sees neither the copy nor the settings', async () => {
  const { customers } = ok(await server.api('GET', '/v2/customers?limit=1'))
  const { page, close } = await open(`/dashboard/customers/${customers[0].id}/record`, {
    cookie: await staffCookie(2),
  })
  await page.getByRole('button', { name: 'Modifier la fiche' }).waitFor()
  assert.equal(await page.getByText('Copie de ses données').count(), 0)
  assert.equal(await page.getByRole('button', { name: /Supprimer ce client/ }).count(), 0)
  await close()
})
