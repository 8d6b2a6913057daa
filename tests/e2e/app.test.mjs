/*
 * The customer's app, as people live it: they join with a telephone number, points land while they
 * show their card, and become a reward that is taken, used and gone. By touch; by keyboard alone; by
 * the code that the till shows.
 */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openBrowser } from '../support/browser.mjs'
import { DEMO, openPhone } from '../support/card.mjs'
import { textOfCode } from '../support/qr.mjs'
import { ok } from '../support/story.mjs'
import { Server } from '../support/server.mjs'

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

const button = (name) => phone.page.getByRole('button', { name })
const link = (name) => phone.page.getByRole('link', { name })
const heading = (name) => phone.page.getByRole('heading', { name })

async function pointsLandOnTheShownCard() {
  await link('Montrer ma carte').tap()
  await phone.page.getByRole('img', { name: 'Le code de votre carte' }).waitFor()
  await phone.earn(52)
  await phone.page.getByText('+ 52 points', { exact: true }).waitFor()
  await phone.page.getByText('Une viennoiserie et un café offerts').waitFor()
  await button('Terminer').tap()
  await phone.page.getByText('52', { exact: true }).waitFor()
}

async function rewardIsTaken() {
  await phone.page.getByText('Encore 98\u00a0points').waitFor()
  await button('Prendre Un café offert').tap()
  await phone.page.getByText('20\u00a0points quittent votre carte tout de suite.').waitFor()
  await button('Prendre pour 20\u00a0points').tap()
  await phone.page.getByText('Vous avez 32\u00a0points.').waitFor()
}

async function rewardIsGivenBackAndTakenAgain() {
  await phone.page.getByRole('status').getByRole('button', { name: 'Rendre la récompense' }).tap()
  await phone.page.getByRole('dialog').getByRole('button', { name: 'Rendre la récompense' }).tap()
  await phone.page.getByText('Vous avez 52\u00a0points.').waitFor()
  await rewardIsTaken()
}

/* What a second shows: two pictures of a screen that moves are not the same. */
async function movesByItself() {
  const first = await phone.page.screenshot()
  await phone.page.waitForTimeout(1100)
  return !first.equals(await phone.page.screenshot())
}

async function rewardIsUsed() {
  await link('Utiliser Un café offert').tap()
  await phone.page.getByText('Vous aurez 5 minutes').waitFor()
  await button('Utiliser maintenant').tap()
  await phone.page.getByRole('timer').waitFor()
  assert.match(await phone.page.getByRole('timer').innerText(), /^(5:00|4:5\d)$/)
  assert.ok(await movesByItself())
}

/* The time is the server's: it goes on while the page is away. */
async function countdownOutlivesReload() {
  const left = async () => {
    const [minutes, seconds] = (await phone.page.getByRole('timer').innerText()).split(':')
    return Number(minutes) * 60 + Number(seconds)
  }
  const before = await left()
  await phone.page.waitForTimeout(1100)
  await phone.page.reload()
  const after = await left()
  assert.ok(after < before && after > before - 30, `${before} s, then ${after} s`)
  await phone.open()
  await phone.page.getByRole('timer').waitFor() // wherever they come in
}

async function backEndsItForGood() {
  await phone.page.goBack()
  await phone.page.getByRole('dialog', { name: 'C’est remis ?' }).waitFor()
  await button('Ne rien faire').tap()
  await phone.page.getByRole('timer').waitFor()
  await button('Terminé').tap()
  await button('Oui, terminer').tap()
  await heading('Récompenses').waitFor()
  assert.equal(await phone.page.getByText('Mes récompenses').count(), 0)
  const { id } = await phone.account()
  const { rewards } = ok(
    await server.api('POST', '/v2/loyalty/rewards/search', { query: { loyalty_account_id: id } }),
  )
  assert.deepEqual(rewards.map(({ status }) => status).sort(), ['DELETED', 'REDEEMED'])
}

async function historyTellsIt() {
  await link('Ma carte').tap()
  await link('Historique').tap()
  await phone.page.getByText('Récompense utilisée').waitFor()
  const lines = await phone.page.getByRole('listitem').allInnerTexts()
  const told = lines.map((line) => line.split('\n')[0])
  assert.deepEqual(told, [
    'Récompense utilisée',
    'Récompense prise',
    'Récompense rendue',
    'Récompense prise',
    'Achat',
  ])
  assert.match(lines.at(-1), /\+52/)
}

test('a customer joins, earns, takes and uses, with a finger', async () => {
  await phone.join({ path: '?src=poster' })
  assert.equal(await phone.balance(), '0 point')
  assert.equal(new URL(phone.page.url()).search, '')
  await pointsLandOnTheShownCard()
  await link('Récompenses').tap()
  await rewardIsTaken()
  await rewardIsGivenBackAndTakenAgain()
  await rewardIsUsed()
  await countdownOutlivesReload()
  await backEndsItForGood()
  await historyTellsIt()
  assert.deepEqual(phone.complaints, [])
})

/* Tab until the focus is on what has this name; a person would do the same. */
async function tabTo(name) {
  for (let i = 0; i < 40; i++) {
    await phone.page.keyboard.press('Tab')
    const focused = await phone.page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
    })
    if (focused === name) return
  }
  throw new Error(`no Tab leads to « ${name} »`)
}

async function pressOn(name) {
  await tabTo(name)
  await phone.page.keyboard.press('Enter')
}

test('the same by keyboard alone', async () => {
  const { page } = phone
  const { keyboard } = page
  await phone.open()
  await page.getByLabel('Votre numéro de téléphone').waitFor()
  await keyboard.press('Tab')
  await keyboard.type(phone.typed)
  await keyboard.press('Enter')
  await page.getByLabel('Code à 6 chiffres').waitFor() // where the focus is already
  await keyboard.type(await phone.lastCode())
  await heading('Bienvenue chez Le Fournil').waitFor()
  await tabTo('Confidentialité, conditions et mentions légales')
  await keyboard.press('Tab')
  await keyboard.type('Jeanne')
  await keyboard.press('Enter')
  await phone.seesCard()
  await phone.earn(20)
  await pressOn('Montrer ma carte')
  await page.getByRole('img', { name: 'Le code de votre carte' }).waitFor()
  await keyboard.press('Escape')
  await pressOn('Récompenses')
  await button('Prendre Un café offert').waitFor()
  await pressOn('Prendre Un café offert')
  await pressOn('Prendre pour 20\u00a0points')
  await link('Utiliser Un café offert').waitFor()
  await pressOn('Utiliser Un café offert')
  await heading('Pas de lecteur à la caisse').waitFor()
  await pressOn('Utiliser maintenant')
  await page.getByRole('timer').waitFor()
  await pressOn('Terminé')
  await pressOn('Oui, terminer')
  await heading('Récompenses').waitFor()
  assert.deepEqual(phone.complaints, [])
})

async function linkFromTill(customer_id) {
  const { sign_in } = ok(await server.api('POST', '/v2/till/sign-in-link', { customer_id }))
  return new URL(sign_in.url).hash
}

test('the code on the till signs in at once, once, and stays in no history', async () => {
  await phone.join()
  const { customer_id } = await phone.account()
  const other = await openPhone(browser, server)
  const hash = await linkFromTill(customer_id)
  try {
    await other.open(hash)
    await other.seesCard()
    assert.equal(other.page.url(), other.home)
    assert.doesNotMatch(await other.page.evaluate(() => JSON.stringify(localStorage)), /"in"|#in/)

    await other.page.context().clearCookies()
    await other.open('?src=till') // a hash alone does not load the page again
    await other.page.getByLabel('Votre numéro de téléphone').waitFor()
    await other.open(hash)
    await other.page.getByText('Ce code à scanner a déjà servi').waitFor()
    await other.page.getByLabel('Votre numéro de téléphone').waitFor()
    assert.deepEqual(other.complaints, [])
  } finally {
    await other.close()
  }
})

test('signing out leaves nothing personal on the telephone', async () => {
  const { page } = phone
  await phone.join()
  await link('Mon compte').tap()
  await page.getByLabel('Prénom').fill('Jeanne')
  await button('Enregistrer').tap()
  await page.getByText('C’est enregistré.').waitFor()
  await button('Se déconnecter').tap()
  await heading('Votre carte de fidélité').waitFor()
  const kept = await page.evaluate(async () => {
    const names = await caches.keys()
    const cached = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    const addresses = cached.flat().map(({ url }) => url)
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, addresses])
  })
  assert.doesNotMatch(kept, /Jeanne|card_code|\/card|\+336/)
  await page.reload()
  await heading('Votre carte de fidélité').waitFor()
})

/* What a scanner reads on the card that is shown. */
async function shownCode() {
  await link('Montrer ma carte').tap()
  const text = await textOfCode(phone.page.getByRole('img', { name: 'Le code de votre carte' }))
  await button('Fermer').tap()
  return text
}

test('a card that was copied gets another code', async () => {
  const { page } = phone
  await phone.join()
  const before = await shownCode()
  await link('Mon compte').tap()
  await button('Changer le code de ma carte').tap()
  await button('Changer le code').last().tap()
  await page.getByText('C’est fait : votre carte a un nouveau code.').waitFor()
  await link('Ma carte').tap()
  assert.notEqual(await shownCode(), before)
  const { status } = await server.api('POST', '/v2/till/identify', { card_code: before })
  assert.equal(status, 404)
})

test('an account is deleted when its owner wants it, and says what goes', async () => {
  await phone.join()
  await link('Mon compte').tap()
  await button('Supprimer mon compte').tap()
  await phone.page.getByText('Vos points et vos récompenses sont perdus, sans retour.').waitFor()
  await button('Supprimer pour toujours').tap()
  await phone.page.getByText('Votre compte est supprimé.').waitFor()
  const query = { mappings: [{ phone_number: phone.number }] }
  const reply = await server.api('POST', '/v2/loyalty/accounts/search', { query })
  assert.deepEqual(ok(reply).loyalty_accounts ?? [], [])
})
