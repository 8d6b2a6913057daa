/*
 * The whole chain, once, as people live it: a sale is closed on the till, its points land on the
 * tablet, a phone number takes them, and they become a reward that is taken and used.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBrowser, openPage } from '../support/browser.mjs'
import { activate, counterOf, touchKeys } from '../support/counter.mjs'
import { Server } from '../support/server.mjs'

const PHONE = '0612345678'
let server
let browser
let counter

before(async () => {
  server = await Server.start()
  browser = await openBrowser()
  counter = counterOf(server)
})
after(async () => {
  await browser?.close()
  await server?.remove()
})

function eventTypes(events) {
  return events.map(({ type }) => type).sort()
}

test('a sale becomes points, and points a reward that is used', async (t) => {
  const { page, complaints } = await openPage(browser)
  let accountId
  let rewardId
  const tier = server.demo.merchants[0].programs[0].reward_tiers.reduce((a, b) => (a.points < b.points ? a : b))
  const spend = async (body) => (await server.api('POST', '/v2/loyalty/rewards', body)).body
  const events = async () => {
    const filter = { loyalty_account_filter: { loyalty_account_id: accountId } }
    const reply = await server.api('POST', '/v2/loyalty/events/search', { query: { filter }, limit: 30 })
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    return reply.body.events
  }
  const balance = async () => {
    const { body } = await server.api('GET', `/v2/loyalty/accounts/${accountId}`)
    return body.loyalty_account.balance
  }

  await t.test('the tablet is linked by its code and shows the shop', async () => {
    await activate(page, server, counter.code.toLowerCase().replace('-', ''))
    await page.getByText('Après votre achat, vos points vous attendent ici.').waitFor()
  })

  await t.test('a signed order lands on the tablet', async () => {
    await counter.sell(2250)
    await page.getByRole('heading', { name: '22 points' }).waitFor()
    await page.getByText('pour votre achat de 22,50 €').waitFor()
  })

  await t.test('the notice stands before the button that says what will happen', async () => {
    const { body } = await server.ask('GET', '/v2/loyalty/programs/main')
    assert.equal(body.errors[0].category, 'AUTHENTICATION_ERROR') // the page's own session is not ours
    assert.match(await page.getByRole('region', { name: 'Vos données' }).innerText(), /Le Fournil/)
    await page.getByText('vous acceptez que Le Fournil garde ce numéro').waitFor()
  })

  await t.test('a phone number typed on the keypad takes the points', async () => {
    await touchKeys(page, PHONE)
    assert.equal(await page.getByLabel('Votre numéro de téléphone').inputValue(), '06 12 34 56 78')
    await page.getByRole('button', { name: 'Donner 22 points' }).tap()
    await page.getByRole('heading', { name: 'Bienvenue' }).waitFor()
    await page.getByText('C’est à vous !').waitFor()
    await page.getByRole('heading', { name: tier.name }).waitFor()
    await page.getByRole('progressbar').waitFor()
  })

  await t.test('the account is there, found by its phone', async () => {
    const query = { mappings: [{ phone_number: `+33${PHONE.slice(1)}` }] }
    const { status, body } = await server.api('POST', '/v2/loyalty/accounts/search', { query })
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(body.loyalty_accounts.length, 1)
    accountId = body.loyalty_accounts[0].id
    assert.equal(body.loyalty_accounts[0].balance, 22)
  })

  await t.test('the tablet goes back to the shop’s name and keeps nothing', async () => {
    await page.getByRole('button', { name: 'Terminer' }).tap()
    await page.getByRole('heading', { level: 1, name: 'Le Fournil' }).waitFor()
    assert.doesNotMatch(await page.content(), /12 ?34 ?56/)
  })

  await t.test('a reward is taken, then used', async () => {
    const reward = { loyalty_account_id: accountId, reward_tier_id: tier.id }
    const made = await spend({ reward, idempotency_key: 'journey-take' })
    rewardId = made.reward.id
    assert.equal(made.reward.status, 'ISSUED')
    assert.equal(await balance(), 22 - tier.points)
    const again = await spend({ reward, idempotency_key: 'journey-take' })
    assert.equal(again.reward.id, rewardId)
    const used = await server.api('POST', `/v2/loyalty/rewards/${rewardId}/redeem`, {
      location_id: counter.locationId,
      idempotency_key: 'journey-use',
    })
    assert.equal(used.status, 200, JSON.stringify(used.body))
    const { body } = await server.api('GET', `/v2/loyalty/rewards/${rewardId}`)
    assert.equal(body.reward.status, 'REDEEMED')
  })

  await t.test('the events tell the same story', async () => {
    assert.deepEqual(eventTypes(await events()), ['ACCUMULATE_POINTS', 'CREATE_REWARD', 'REDEEM_REWARD'])
    const change = (await events()).reduce((sum, event) => {
      const points = event.accumulate_points?.points ?? event.create_reward?.points ?? 0
      return sum + points
    }, 0)
    assert.equal(change, await balance())
  })

  await t.test('the next sale finds the account again, and shows how far the next reward is', async () => {
    await counter.sell(500)
    await page.getByRole('heading', { name: '5 points' }).waitFor()
    await page.keyboard.type(PHONE)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Merci' }).waitFor()
    await page.getByText(`Encore ${tier.points - 7} points, et c’est à vous.`).waitFor()
    assert.equal(await balance(), 7)
  })

  await t.test('the audit agrees', async () => {
    assert.match(await server.habitue('audit'), /\S/)
  })

  assert.deepEqual(complaints, [])
})
