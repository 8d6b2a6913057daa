/*
 * The trail in the dashboard: what is unusual is told on home, looked into, and closed with a word; and
 * a role of one permission sees what it may, and nothing else.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { SIZES, checkAccess, checkWidth, openBrowser, openPage } from '../support/browser.mjs'
import { ask, openDesk, signIn, staffOf } from '../support/desk.mjs'
import { Server } from '../support/server.mjs'

let server, browser

before(async () => {
  browser = await openBrowser()
  server = await Server.start({ history: true })
})
after(async () => {
  await server?.remove()
  await browser?.close()
})

test('what is unusual is told on home, found in the trail, and closed with a word', async () => {
  const { page, complaints, close } = await openDesk(browser, server)
  await page.getByText('Une activité de l’équipe sort de vos habitudes.').waitFor()
  await page.getByRole('link', { name: /Y jeter un œil/ }).click()
  await page.getByRole('heading', { name: 'Activité inhabituelle' }).waitFor()
  await page.getByText(/a donné 12 crédits à la main/).waitFor()
  await checkAccess(page, 'what is unusual')
  await page.getByRole('link', { name: 'Voir dans le journal' }).click()
  await page.locator('main li').getByText('Points ajustés à la main').first().waitFor()
  assert.ok((await page.locator('main li').count()) >= 12)
  await page.goBack()
  const checked = page.getByRole('button', { name: 'C’est vérifié' })
  await page.getByLabel('Qu’est-ce que c’était ?').fill('Fête de la boutique')
  await checked.click()
  await page.getByText('Rien d’inhabituel').waitFor()
  await page.getByRole('tab', { name: 'Déjà vérifié' }).click()
  await page.getByText('Fête de la boutique').waitFor()
  await page.getByText(new RegExp(`Vérifié par ${staffOf(server).name}`)).waitFor()
  await page.getByRole('link', { name: 'Accueil' }).click()
  await page.getByRole('heading', { name: 'À régler' }).waitFor()
  assert.equal(await page.getByText('sort de vos habitudes').count(), 0)
  assert.deepEqual(complaints, [])
  await close()
})

test('a role of one permission sees what it may, and nothing else', async () => {
  const { role } = await ask(server, 'POST', '/v2/team-roles', {
    role: { name: 'Contrôle', permissions: ['TRAIL_READ'] },
    idempotency_key: randomUUID(),
  })
  const person = {
    name: 'Noé Contrôle',
    email: 'noe@fournil.example',
    password: 'un long mot de passe',
    role: role.id,
  }
  const body = { team_member: person, idempotency_key: randomUUID() }
  await ask(server, 'POST', '/v2/team-members', body)
  const { page, complaints, close } = await openPage(browser, { size: SIZES.landscape })
  await page.goto(`${server.url}/dashboard/trail`)
  await signIn(page, person)
  await page.getByRole('heading', { name: 'Journal' }).waitFor()
  await page.locator('main li').getByText('Points ajustés à la main').first().waitFor()
  const rail = page.getByRole('navigation').first()
  for (const job of ['Clients', 'Ventes', 'Fidélité', 'Catalogue', 'Bornes', 'Messages'])
    assert.equal(await rail.getByRole('link', { name: job }).count(), 0, job)
  await checkWidth(page, 'the trail of who sees nothing else')
  await checkAccess(page, 'the trail of who sees nothing else')
  await page.goto(`${server.url}/dashboard/settings/team`)
  await page.locator('main#content').waitFor()
  assert.equal(await page.getByText(staffOf(server).email).count(), 0)
  assert.deepEqual(complaints, [])
  await close()
})
