/*
 * One's own profile in the dashboard, the second factor at every door, and the password that was
 * forgotten.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openBrowser, openPage } from '../support/browser.mjs'
import { openDesk, signIn, staffOf } from '../support/desk.mjs'
import { Server } from '../support/server.mjs'
import { Authenticator, signInAs } from '../support/staff.mjs'
import { ok } from '../support/story.mjs'

let server
let browser
let tab

before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())
beforeEach(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
})
afterEach(async () => {
  await tab?.close()
  await server?.remove()
})

const button = (name) => tab.page.getByRole('button', { name, exact: true })
const label = (name) => tab.page.getByLabel(name, { exact: true })
const lastMessage = async (purpose) =>
  ok(await server.ask('GET', '/v2/demo/messages')).messages.find((one) => one.purpose === purpose)

/* Sets a second factor up for somebody over the API: their app, and their recovery codes. */
async function withApp(person) {
  const me = await signInAs(server, person)
  const { password } = person
  const { offer } = ok(await me.ask('POST', '/v2/profile/second-factor', { password }))
  const app = new Authenticator(offer.secret)
  const code = await app.next()
  const { recovery_codes } = ok(await me.ask('POST', '/v2/profile/second-factor/confirm', { code }))
  return { app, codes: recovery_codes, me }
}

test('a name, a picture and a language of one’s own are seen at once, and after a reload', async () => {
  tab = await openDesk(browser, server, { role: 'cashier', path: '/' })
  const { page, complaints } = tab
  await page.getByRole('link', { name: 'Inès Garnier' }).click()
  await page.getByRole('heading', { name: 'Mon profil' }).waitFor()
  await page.locator('input[type=file]').setInputFiles({
    name: 'me.png',
    mimeType: 'image/png',
    buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } }),
  })
  await page.getByText('Votre photo est là.').waitFor()
  await page.locator('.who img').waitFor()
  const size = await page
    .locator('.photo img')
    .evaluate((img) => [img.naturalWidth, img.naturalHeight])
  assert.deepEqual(size, [256, 256])
  await button('Choisir un code').click()
  await label('Nouveau code').fill('12')
  await button('Enregistrer').last().click()
  await page.getByText('Il faut 4 à 6 chiffres.').waitFor()
  await label('Nouveau code').fill('1234')
  await button('Enregistrer').last().click()
  await page.getByText('Ce code se devine trop bien.').waitFor()
  await label('Nouveau code').fill('7392')
  await button('Enregistrer').last().click()
  await page.getByText('Votre code est enregistré.').waitFor()
  await button('Changer de code').waitFor()
  await label('Nom').fill('Inès G.')
  await label('Langue de vos écrans').selectOption('es')
  await button('Enregistrer').click()
  await page.getByRole('heading', { name: 'Mi perfil' }).waitFor()
  await page.goto(page.url())
  await page.getByRole('link', { name: 'Inès G.' }).waitFor()
  await page.getByRole('heading', { name: 'Mi perfil' }).waitFor()
  await page.goto(`${server.url}/till/`)
  await page.locator('html[lang=es]').waitFor()
  assert.deepEqual(complaints, [])
})

test('another address counts once its code came back; another password ends the other devices', async () => {
  const person = staffOf(server)
  const elsewhere = await signInAs(server, person)
  tab = await openDesk(browser, server, { path: '/profile' })
  const { page, complaints } = tab
  await button('Changer d’adresse e-mail').click()
  await label('Nouvelle adresse e-mail').fill('camille@maison.example')
  await label('Mot de passe actuel').fill('pas celui-là')
  await button('Envoyer le code').click()
  await page.getByText('Ce n’est pas votre mot de passe.').waitFor()
  await label('Mot de passe actuel').fill(person.password)
  await button('Envoyer le code').click()
  await page.getByText('Un code est parti à camille@maison.example').waitFor()
  await label('Code reçu par e-mail').fill('000 00')
  await button('Prendre cette adresse').click()
  await page.getByText('Ce code ne va pas.').waitFor()
  await label('Code reçu par e-mail').fill((await lastMessage('email_code')).subject.slice(0, 6))
  await button('Prendre cette adresse').click()
  await page.getByText('Votre adresse e-mail est changée.').waitFor()
  assert.equal((await lastMessage('email_changed')).address, person.email)

  await button('Changer le mot de passe').click()
  const dialog = page.getByRole('dialog')
  await label('Mot de passe actuel').fill(person.password)
  await label('Nouveau mot de passe').fill('court')
  await page.getByText('Trop court').waitFor()
  await dialog.getByRole('button', { name: 'Changer le mot de passe' }).click()
  await page.getByText('Il faut au moins 8 caractères.').waitFor()
  await label('Nouveau mot de passe').fill('trois petits pains au lait')
  await page.getByText('Solide').waitFor()
  await dialog.getByRole('button', { name: 'Changer le mot de passe' }).click()
  await page.getByText('Vos autres appareils sont déconnectés.').waitFor()
  assert.equal((await elsewhere.ask('GET', '/v2/session')).status, 401)
  assert.deepEqual(complaints, [])
})

test('a second factor is set up by its code and asked for at the door, with a recovery code instead', async () => {
  const person = staffOf(server)
  tab = await openDesk(browser, server, { path: '/profile' })
  const { page, complaints } = tab
  await button('Activer').click()
  await label('Mot de passe actuel').fill(person.password)
  await button('Continuer').click()
  await page.getByRole('img', { name: 'Code QR pour votre application' }).waitFor()
  await page.getByText('Je ne peux pas le scanner').click()
  const app = new Authenticator((await page.locator('.secret').innerText()).replaceAll(' ', ''))
  await label('Le code que montre l’application').fill('000000')
  await page.keyboard.press('Enter')
  await page.getByText('Ce code ne va pas, ou il a déjà servi.').waitFor()
  await label('Le code que montre l’application').fill(await app.next())
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Vos codes de secours' }).waitFor()
  const codes = await page.locator('dialog[open] ol li').allInnerTexts()
  assert.equal(new Set(codes).size, 10)
  await button('Je les ai gardés').click()
  await page.getByText('Il vous reste 10 codes de secours.').waitFor()

  await button('Se déconnecter').click()
  await signIn(page, person)
  await label('Code de votre application').fill('111111')
  await page.keyboard.press('Enter')
  await page.getByText('Ce code ne va pas').waitFor()
  await label('Code de votre application').fill(codes[0])
  await page.keyboard.press('Enter')
  await page.getByText('Il vous reste 9 codes de secours.').waitFor()

  await button('Ne plus demander de code').click()
  await label('Mot de passe actuel').fill(person.password)
  await label('Code de votre application').fill(codes[1])
  await page.getByRole('dialog').getByRole('button', { name: 'Ne plus demander de code' }).click()
  await button('Activer').waitFor()
  assert.deepEqual(complaints, [])
})

test('the till and the tablet ask for the code, too', async () => {
  const person = staffOf(server)
  const { app } = await withApp(person)
  tab = await openPage(browser)
  const { page, complaints } = tab
  await page.goto(`${server.url}/till/`)
  await signIn(page, person)
  await label('Code de votre application').fill(await app.next())
  await button('Ouvrir la caisse').click()
  await page.getByText('Code de votre application').waitFor({ state: 'detached' })
  await page.context().clearCookies()

  await page.goto(`${server.url}/tablet/`)
  await button('Me connecter sans code').click()
  await signIn(page, person)
  await label('Code de votre application').fill(await app.next())
  await button('Me connecter').click()
  await page.getByText('Quelle borne').waitFor()
  assert.deepEqual(complaints, [])
})

test('where the whole team needs one, it is the first thing after the door', async () => {
  const [owner, cashier] = ['owner', 'cashier'].map((role) => staffOf(server, role))
  const { app } = await withApp(owner)
  tab = await openPage(browser)
  const { page, complaints } = tab
  await page.goto(`${server.url}/dashboard/settings/team`)
  await signIn(page, owner)
  await label('Code de votre application').fill(await app.next())
  await page.keyboard.press('Enter')
  await page.getByRole('switch').check()
  await page.getByText('Toute l’équipe l’aura d’ici demain.').waitFor()
  await page.context().clearCookies()

  await page.goto(`${server.url}/till/`)
  await signIn(page, cashier)
  await page.getByText('Activez-le d’abord dans le tableau de bord.').waitFor()
  await page.goto(`${server.url}/dashboard/`)
  await signIn(page, cashier)
  await page.getByRole('heading', { name: 'Encore une étape.' }).waitFor()
  await label('Mot de passe actuel').fill(cashier.password)
  await button('Continuer').click()
  await page.getByText('Je ne peux pas le scanner').click()
  const own = new Authenticator((await page.locator('.secret').innerText()).replaceAll(' ', ''))
  await label('Le code que montre l’application').fill(await own.next())
  await button('Activer').click()
  await button('Je les ai gardés').click()
  await page.getByRole('link', { name: 'Clients', exact: true }).first().waitFor()
  assert.deepEqual(complaints, [])
})

test('who forgot their password gets in by a link, once', async () => {
  const person = staffOf(server, 'manager')
  tab = await openPage(browser)
  const { page, complaints } = tab
  await page.goto(`${server.url}/dashboard/`)
  await page.getByRole('link', { name: 'Mot de passe oublié ?' }).click()
  await label('Adresse e-mail').fill(person.email)
  await button('Envoyer le lien').click()
  await page.getByText('un lien vient de partir').waitFor()
  const [link] = /http\S+/.exec((await lastMessage('password_link')).body)
  await page.goto(link)
  await label('Nouveau mot de passe').fill('trois petits pains au lait')
  await button('Prendre ce mot de passe').click()
  await page.getByText('Vous pouvez vous connecter.').waitFor()
  assert.ok(!page.url().includes('pwd_'), 'the address does not keep the token')
  await page.getByRole('link', { name: 'Revenir à la connexion' }).click()
  await signIn(page, { ...person, password: 'trois petits pains au lait' })
  await page.locator('main#content').waitFor()
  await page.goto('about:blank')
  await page.goto(link)
  await label('Nouveau mot de passe').fill('encore un autre')
  await button('Prendre ce mot de passe').click()
  await page.getByText('Ce lien a déjà servi').waitFor()
  assert.deepEqual(complaints, [])
})
