/*
 * What customers have in the app beside points: several programs, cashback, points on their way,
 * rewards that end, credit notes; their codes, as the till scans them.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { checkAccess, openBrowser } from '../support/browser.mjs'
import { DEMO, openPhone } from '../support/card.mjs'
import {
  addCashback,
  addTier,
  euros,
  giveNote,
  mainProgram,
  sell,
  takeReward,
} from '../support/purse.mjs'
import { textOfCode } from '../support/qr.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'
import { THEMES, WIDTHS } from '../support/walk.mjs'

let server
let browser
let phone

before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())
beforeEach(async () => {
  server = await Server.start(DEMO)
})
afterEach(async () => {
  assert.deepEqual(phone?.complaints, [])
  await phone?.close()
  await server?.remove()
})

const button = (name) => phone.page.getByRole('button', { name })
const link = (name) => phone.page.getByRole('link', { name })
const heading = (name) => phone.page.getByRole('heading', { name })
const seen = (text) => phone.page.getByText(text).first().waitFor()

async function join(size) {
  phone = await openPhone(browser, server, size ? { size } : {})
  await phone.join()
  return phone.account()
}

/* As somebody who comes back to the page. */
const look = () => phone.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))

for (const [name, size] of Object.entries(WIDTHS)) {
  test(`${name}: several programs are cards; cashback is money, and says when it can be spent`, async () => {
    await addCashback(server, { ripen_days: 14 })
    const { customer_id } = await join(size)
    await sell(server, 6400, customer_id)
    await look()
    await heading(/^64\s*points/).waitFor()
    await button(/^Cagnotte du Fournil/).click()
    await heading(/^0,00\s€\s*de cagnotte/).waitFor()
    await seen(/^\+ 3,20\s€ en attente, à vous le /)
    await button(/64\spoints$/).waitFor()
    for (const colorScheme of THEMES) {
      await phone.page.emulateMedia({ colorScheme })
      await checkAccess(phone.page, `the purse, ${colorScheme}`)
    }
  })
}

test('cashback that can be spent says how', async () => {
  await addCashback(server)
  const { customer_id } = await join()
  await sell(server, 6400, customer_id)
  await look()
  await heading(/^3,20\s€\s*de cagnotte/).waitFor() // the card on which something landed is on top
  await seen('montrez votre carte à la caisse avant de payer')
})

test('a reward says what it is worth and until when; its code is scanned, and it is gone', async () => {
  const tier = await addTier(server, {
    name: 'Trois euros de moins',
    points: 30,
    kind: 'amount',
    amount_money: euros(300),
    minimum_amount_money: euros(1000),
    valid_days: 30,
  })
  const account = await join()
  await phone.earn(64)
  await link('Récompenses').click()
  await seen(/^3,00\s€ de remise · dès 10,00\s€ d’achat · à utiliser dans les 30 jours/)
  await button('Prendre Trois euros de moins').click()
  await seen('Elle est valable 30 jours.')
  await button(/^Prendre pour 30/).click()
  await seen(/^valable jusqu’au /)
  await link('Utiliser Trois euros de moins').click()
  const code = phone.page.getByRole('img', { name: 'Le code de cette récompense' })
  await code.waitFor()
  await checkAccess(phone.page, 'the code of a reward')
  const text = await textOfCode(code)
  assert.match(text, /^HABITUE:R:[0-9A-Z]{26}$/)

  const found = ok(
    await server.api('POST', '/v2/till/identify', { reward_code: text.slice('HABITUE:R:'.length) }),
  )
  assert.equal(found.customer.id, account.customer_id)
  const rewards = found.rewards.filter(({ reward_tier_id }) => reward_tier_id === tier.id)
  const sale = {
    lines: [{ name: 'Panier', price_money: euros(2000) }],
    customer_id: account.customer_id,
    rewards: rewards.map(({ id }) => id),
  }
  ok(await server.api('POST', '/v2/till/sales', { sale, idempotency_key: randomUUID() }))
  await heading('Récompenses').waitFor() // the ticket is gone by itself
  assert.equal(await link('Utiliser Trois euros de moins').count(), 0)
})

test('a reward that is credit becomes a note, which is shown, spent in parts, and told', async () => {
  await addTier(server, {
    name: 'Cinq euros en avoir',
    points: 40,
    kind: 'credit',
    amount_money: euros(500),
  })
  await join()
  await phone.earn(64)
  await link('Récompenses').click()
  await button('Prendre Cinq euros en avoir').click()
  await seen(/Vous aurez un avoir de 5,00/)
  await button(/^Prendre pour 40/).click()
  await seen(/un avoir de 5,00\s€ est à vous/)
  await link(/^Montrer le code de l’avoir de 5,00/).click()
  const code = phone.page.getByRole('img', { name: 'Le code de cet avoir' })
  await code.waitFor()
  await checkAccess(phone.page, 'the code of a note')
  const text = await textOfCode(code)
  assert.match(text, /^HABITUE:N:[0-9A-Z]{26}$/)

  const pay = async (amount) => {
    const sale = {
      lines: [{ name: 'Panier', price_money: euros(amount) }],
      credit_notes: [{ code: text.slice('HABITUE:N:'.length) }],
    }
    ok(await server.api('POST', '/v2/till/sales', { sale, idempotency_key: randomUUID() }))
  }
  await pay(180)
  await heading(/^Avoir de 3,20/).waitFor()
  await seen(/5,00\s€ au départ/)
  await pay(900)
  await heading('Cet avoir est dépensé').waitFor()
})

test('a note of the shop stands on the card', async () => {
  const { customer_id } = await join()
  await giveNote(server, 1250, customer_id)
  await look()
  await link(/^Un avoir de 12,50/).click()
  await heading('Mes avoirs').waitFor()
  await seen('Offert par le magasin')
})

test('what is used up cannot be taken, and says so', async () => {
  await addTier(server, { name: 'Le plateau', points: 10, stock: 1 })
  const tier = (await mainProgram(server)).reward_tiers.find(({ name }) => name === 'Le plateau')
  const account = await join()
  await phone.earn(64)
  await takeReward(server, account.id, tier)
  await look()
  await link('Récompenses').click()
  await seen('Il n’en reste plus')
  assert.equal(await button('Prendre Le plateau').count(), 0)
})

test('the history names the offer that gave more', async () => {
  const { id } = await mainProgram(server)
  const loyalty_promotion = {
    name: 'Double fête',
    incentive: { type: 'POINTS_MULTIPLIER', points_multiplier_data: { multiplier: '2' } },
    available_time: {
      time_periods: [
        'BEGIN:VEVENT\nDTSTART:20200101T000000\nDURATION:PT24H\nRRULE:FREQ=DAILY\nEND:VEVENT',
      ],
    },
  }
  const path = `/v2/loyalty/programs/${id}/promotions`
  ok(await server.api('POST', path, { loyalty_promotion, idempotency_key: 'double' }))
  const { customer_id } = await join()
  await sell(server, 1000, customer_id)
  await look()
  await link('Historique').click()
  await seen('Double fête')
  await checkAccess(phone.page, 'history with an offer')
})

test('a link does not take the card of somebody who is signed in without a question', async () => {
  const { customer_id } = await join()
  await phone.earn(5)
  const other = await openPhone(browser, server)
  await other.join()
  const stranger = await other.account()
  await other.close()
  const linkOf = async (id) => {
    const { sign_in } = ok(await server.api('POST', '/v2/till/sign-in-link', { customer_id: id }))
    return new URL(sign_in.url).hash
  }

  await phone.open('?src=till') // a hash alone does not load the page again
  await phone.open(await linkOf(stranger.customer_id))
  const dialog = phone.page.getByRole('dialog', { name: 'Ouvrir une autre carte ?' })
  await dialog.waitFor()
  await checkAccess(phone.page, 'another card?')
  await dialog.getByRole('button', { name: 'Ne rien faire' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await phone.page.reload()
  await heading(/^5\s*points/).waitFor()

  await phone.open('?src=till')
  await phone.open(await linkOf(stranger.customer_id))
  await dialog.getByRole('button', { name: 'Ouvrir l’autre carte' }).click()
  await heading(/^0\s*point/).waitFor()
  assert.notEqual(customer_id, stranger.customer_id)
})
