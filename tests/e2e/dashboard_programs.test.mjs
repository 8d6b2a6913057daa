/*
 * The dashboard's programmes: made in the wizard, changed, suspended, deleted and taken back; their
 * rewards and their offers.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openBrowser } from '../support/browser.mjs'
import { addArticles, addMember, ask, openDesk } from '../support/desk.mjs'
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
const inDialog = (name) => tab.page.getByRole('dialog').getByRole('button', { name, exact: true })
const heading = (name) => tab.page.getByRole('heading', { name })
const programsNow = async () => (await ask(server, 'GET', '/v2/loyalty/programs')).programs
const mainProgram = async () => (await ask(server, 'GET', '/v2/loyalty/programs/main')).program
/* In so many days, as the demo's shops count them. */
const dayIn = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function openProgram() {
  const { id } = await mainProgram()
  tab = await openDesk(browser, server, { ...LOCALE, path: `/loyalty/${id}` })
  await tab.page.getByText('1 point par euro').first().waitFor()
  return id
}

test('a stamp card is made for certain articles, in four steps', async () => {
  const { articles } = await addArticles(server, 'Boissons', ['Café', 'Thé'])
  tab = await openDesk(browser, server, { ...LOCALE, path: '/loyalty' })
  const { page, complaints } = tab
  await page.getByText(/0.point en circulation/).waitFor()
  await page.getByRole('link', { name: 'Nouveau programme' }).click()
  await page.getByRole('radio', { name: 'Tampons' }).check()
  await button('Continuer').click()

  await heading('Que faut-il faire pour gagner ?').waitFor()
  await page.getByRole('radio', { name: 'À l’article' }).check()
  await button('Continuer').click()
  await page.getByText('Choisissez au moins un article ou une catégorie.').waitFor()
  await page.getByRole('listbox').and(page.locator(':focus')).waitFor()
  await page.getByRole('option', { name: 'Café' }).click()
  await page.getByText('1 tampon par article : Café').waitFor()
  await page.getByText('2 articles choisis').waitFor()
  await page.getByText('Limites et options').click()
  await page.getByLabel('Achats comptés par jour').fill('trois')
  await button('Continuer').click()
  await page.getByText('Un nombre, ou rien.').waitFor()
  await page.getByLabel('Achats comptés par jour').fill('3')
  await button('Continuer').click()

  await heading('Que gagne-t-on ?').waitFor()
  await page.getByText('après 10 articles').waitFor()
  await button('Retirer « Le onzième est offert »').click()
  await button('Continuer').click()
  await page.getByText('Il faut au moins une récompense.').waitFor()
  await button('Ajouter une récompense').click()
  await page.getByLabel('Ce que l’on gagne').selectOption('item')
  await page.getByRole('dialog').getByRole('option', { name: 'Thé' }).click()
  await page.getByLabel('Combien de tampons').fill('8')
  await inDialog('Ajouter').click()
  await page.getByText('Offert : Thé').waitFor()
  await button('Continuer').click()

  await page.getByLabel('Nom du programme').fill('La carte à cafés')
  await page.getByText('3 achats comptés par jour et par client.').waitFor()
  await button('Valider').dblclick()
  await heading('La carte à cafés').waitFor()
  await page.getByText('En marche', { exact: true }).waitFor()
  const [, made] = await programsNow()
  assert.equal(made.type, 'stamps')
  assert.deepEqual(made.accrual_rules, [
    {
      accrual_type: 'ITEM_VARIATION',
      points: 1,
      item_variation_data: {
        item_variation_id: articles['Café'],
        item_variation_ids: [articles['Café']],
      },
    },
  ])
  assert.equal(made.limits.earnings_per_day, 3)
  assert.equal(made.reward_tiers[0].kind, 'item')
  assert.deepEqual(made.reward_tiers[0].item_variation_ids, [articles['Thé']])
  assert.equal((await programsNow()).length, 2)
  assert.deepEqual(complaints, [])
})

test('a kitty is made with the keyboard alone, in two minutes', async () => {
  tab = await openDesk(browser, server, { ...LOCALE, path: '/loyalty/new' })
  const { page, complaints } = tab
  const type = async (label, text) => {
    await page.getByLabel(label).focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.type(text)
  }
  await page.getByRole('radio', { name: 'Tampons' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await heading('Que faut-il faire pour gagner ?').waitFor()
  await type('Part de l’achat', '2,5')
  await page.getByText('2,5 % de cagnotte').waitFor()
  await page.getByText('0,46 €').waitFor() // of 18,40 €
  await page.keyboard.press('Enter')
  await heading('Que gagne-t-on ?').waitFor()
  await button('Continuer').focus()
  await page.keyboard.press('Enter')
  await heading('Un dernier regard').waitFor()
  await button('Valider').focus()
  await page.keyboard.press('Enter')
  await heading('La cagnotte Le Fournil').waitFor()
  const [, made] = await programsNow()
  assert.equal(made.type, 'cashback')
  const [rule] = made.accrual_rules
  assert.deepEqual([rule.points, rule.spend_data.amount_money.amount], [1, 40])
  // The example was no promise of the browser's own.
  const { points } = await ask(server, 'POST', `/v2/loyalty/programs/${made.id}/calculate`, {
    transaction_amount_money: { amount: 18_40, currency: 'EUR' },
  })
  assert.equal(points, 46)
  assert.equal(made.minimum_amount_money.amount, 100)
  assert.deepEqual(complaints, [])
})

test('what was typed survives a reload, and what the server refuses is said', async () => {
  tab = await openDesk(browser, server, { ...LOCALE, path: '/loyalty/new' })
  const { page } = tab
  await page.getByRole('radio', { name: 'Points' }).check()
  await button('Continuer').click()
  await page.getByLabel('Combien de points').fill('7')
  await page.reload()
  await page.getByText('7 points par euro').waitFor()
  await button('Continuer').click()
  await button('Continuer').click()
  await page.route('**/v2/loyalty/programs', (route) =>
    route.fulfill({ status: 400, json: { errors: [{ code: 'PROGRAMS_FULL' }] } }),
  )
  await button('Valider').click()
  await page.getByText('Il y a déjà autant de programmes que possible.').waitFor()
})

test('a programme is changed, once it was said for whom', async () => {
  await addMember(server, { given_name: 'Amélie' }, 60)
  await openProgram()
  const { page, complaints } = tab
  await button('Modifier').click()
  await page.getByLabel('Combien de points').fill('deux')
  await button('Continuer').click()
  await page.getByText('Un nombre entier, au moins 1.').waitFor()
  await page.getByLabel('Combien de points').fill('3')
  await page.getByLabel('Pour chaque').fill('2.50') // a point where France writes a comma
  await page.getByLabel('Dernier jour').fill(dayIn(30))
  await button('Continuer').click()
  await page.getByText('À partir de maintenant', { exact: true }).waitFor()
  await page.getByText(/1 client garde ce qu’il a.: 60.points/).waitFor()
  await page.getByText('Ce qui est gagné reste gagné.').waitFor()
  await page.getByText('Les achats comptent encore pendant 31 jours').waitFor()
  assert.equal((await mainProgram()).accrual_rules[0].points, 1)
  await button('Retour').click()
  await page.getByText('3 points tous les 2,50 €').first().waitFor()
  await button('Continuer').click()
  await button('Enregistrer').click()
  await page.getByText('Le programme est à jour.').waitFor()
  await page.getByText('3 points tous les 2,50 €').first().waitFor()
  await page.getByText(/^Jusqu’au .* inclus\.$/).waitFor()
  const changed = await mainProgram()
  assert.equal(changed.accrual_rules[0].points, 3)
  assert.deepEqual(changed.accrual_rules[0].spend_data.amount_money, {
    amount: 250,
    currency: 'EUR',
  })
  assert.equal(changed.ends_on, dayIn(30))

  await button('Modifier').click()
  await page.getByLabel('Dernier jour').fill('')
  await button('Continuer').click()
  await button('Enregistrer').click()
  await page.getByText(/^Jusqu’au .* inclus\.$/).waitFor({ state: 'detached' })
  const endless = await mainProgram()
  assert.equal(endless.ends_on, undefined)
  assert.equal(endless.version, changed.version)
  assert.deepEqual(complaints, [])
})

test('rewards are added with their worth and limits, changed, and withdrawn', async () => {
  await openProgram()
  const { page, complaints } = tab
  await button('Ajouter une récompense').click()
  await page.getByLabel('Ce que l’on gagne').selectOption('percentage')
  await inDialog('Ajouter').click()
  await page.getByText('Un nombre entre 0,01 et 100, comme 5.').waitFor()
  await page.getByLabel('Remise, en %').fill('12,5')
  await page.getByLabel('Combien de points').fill('1 5')
  await page.getByText('Validité et limites').click()
  await page.getByLabel('À utiliser dans les').fill('30')
  await page.getByLabel('Fois par client').fill('1')
  await page.getByLabel('Remise maximum').fill('20')
  await inDialog('Ajouter').click()
  await page.getByText('12,5 % de remise').first().waitFor()
  await page.getByText('à utiliser dans les 30 jours').waitFor()
  const tierOf = async (name) =>
    (await mainProgram()).reward_tiers.find((tier) => tier.name.replace(/\s/g, ' ') === name)
  const { id, created_at, ...terms } = await tierOf('12,5 % de remise')
  assert.ok(id && created_at)
  assert.equal(terms.points, 15)
  assert.equal(terms.percentage, '12.5')
  assert.equal(terms.valid_days, 30)
  assert.equal(terms.per_customer, 1)
  assert.deepEqual(terms.max_discount_money, { amount: 2000, currency: 'EUR' })

  await page.getByRole('button', { name: /^Modifier «.12,5/ }).click()
  await page.getByText('Celles déjà prises gardent leur nom et leur valeur.').waitFor()
  await page.getByLabel('Récompense', { exact: false }).last().fill('Un petit merci')
  await page.getByText('Validité et limites').click()
  await page.getByLabel('À utiliser dans les').fill('')
  await page.getByLabel('Remise maximum').fill('')
  await inDialog('Enregistrer').click()
  await page.getByText('La récompense est à jour.').waitFor()
  const changed = await tierOf('Un petit merci')
  assert.equal(changed.max_discount_money, undefined)
  assert.ok(!changed.valid_days)
  assert.equal(changed.per_customer, 1)

  await button('Retirer « Un petit merci »').click()
  await page.getByText('Celles déjà prises restent valables.').waitFor()
  await inDialog('Retirer').click()
  await page.getByText('« Un petit merci » est retirée.').waitFor()
  assert.equal(await tierOf('Un petit merci'), undefined)
  assert.deepEqual(complaints, [])
})

test('a programme is suspended, resumed, deleted after a plain word, and taken back', async () => {
  const { account } = await addMember(server, { given_name: 'Amélie' }, 60)
  const id = await openProgram()
  const { page, complaints } = tab
  await button('Suspendre').click()
  await page.getByText('Les ventes ne donneront plus rien.').waitFor()
  await inDialog('Suspendre').click()
  await page.getByText('Suspendu', { exact: true }).waitFor()
  assert.equal((await mainProgram()).status, 'INACTIVE')
  await button('Reprendre').click()
  await inDialog('Reprendre').click()
  await page.getByText('En marche', { exact: true }).waitFor()

  await button('Supprimer ce programme…').click()
  await page.getByText(/1 client garde 60.points.: utilisables jusqu’au/).waitFor()
  await page.getByLabel('Dernier jour pour utiliser').fill(dayIn(-2))
  await inDialog('Supprimer le programme').click()
  await page.getByText('Ce jour est déjà passé.').waitFor()
  await page.getByLabel('Dernier jour pour utiliser').fill(dayIn(30))
  await inDialog('Supprimer le programme').click()
  await page.getByText('Ce programme s’arrête.').waitFor()
  const lastDay = new Date(`${dayIn(30)}T12:00Z`).getUTCDate()
  await page.getByText(new RegExp(`sert jusqu’au ${lastDay}(er)? `)).waitFor()
  const closing = await ask(server, 'GET', `/v2/loyalty/programs/${id}`)
  assert.ok(closing.program.closing_at)
  await button('Annuler').click()
  await page.getByText('Le programme continue comme avant.').waitFor()
  await page.getByText('En marche', { exact: true }).waitFor()

  await button('Supprimer ce programme…').click()
  await inDialog('Supprimer le programme').click()
  await page.reload()
  await page.getByText('Ce programme s’arrête.').waitFor()
  await button('Ne plus le supprimer').click()
  await page.getByText('En marche', { exact: true }).waitFor()
  const { loyalty_account } = await ask(server, 'GET', `/v2/loyalty/accounts/${account.id}`)
  assert.equal(loyalty_account.balance, 60)
  assert.deepEqual(complaints, [])
})

test('points are doubled on Tuesdays mornings, until somebody ends it', async () => {
  const id = await openProgram()
  const { page, complaints } = tab
  await page.getByText('Par exemple : points doublés le mardi.').waitFor()
  await page.getByRole('link', { name: 'Nouvelle offre' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText('2 fois plus de points').waitFor()
  await sheet.getByLabel('Combien de fois plus').fill('1')
  await inDialog('Lancer cette offre').click()
  await sheet.getByText('Un nombre au-dessus de 1').waitFor()
  await sheet.getByLabel('Combien de fois plus').fill('2')
  await sheet.getByLabel('Toute la journée').uncheck()
  await sheet.getByLabel('De', { exact: true }).fill('08:00')
  await sheet.getByLabel('À', { exact: true }).fill('10:30')
  await sheet.getByText('le mardi, de 08:00 à 10:30').waitFor()
  await sheet.getByText('Limites de l’offre').click()
  await sheet.getByLabel('Achat minimum').fill('5')
  await sheet.getByLabel('Fois par client').fill('1')
  await inDialog('Lancer cette offre').click()
  await page.getByText('« Mardi double » est lancée.').waitFor()
  await page.getByText('En cours').waitFor()
  const promotions = `/v2/loyalty/programs/${id}/promotions`
  const [made] = (await ask(server, 'GET', promotions)).loyalty_promotions
  assert.equal(made.status, 'ACTIVE')
  assert.equal(made.incentive.points_multiplier_data.multiplier, '2')
  assert.deepEqual(made.minimum_spend_amount_money, { amount: 500, currency: 'EUR' })
  assert.deepEqual(made.trigger_limit, { times: 1, interval: 'DAY' })

  await button('Arrêter').click()
  await page.getByText('Ce qu’elle a déjà donné reste.').waitFor()
  await inDialog('Arrêter cette offre').click()
  await page.getByText('« Mardi double » est arrêtée.').waitFor()
  await page.getByText('1 offre passée').click()
  await page.getByText('Arrêtée', { exact: true }).waitFor()
  const [over] = (await ask(server, 'GET', promotions)).loyalty_promotions
  assert.equal(over.status, 'CANCELED')
  assert.deepEqual(complaints, [])
})
