/*
 * A customer's rewards and history in the app: what is theirs and nobody else's, used once however
 * many telephones there are, shown for five minutes of the server's time.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { Guest } from '../support/guest.mjs'
import { Server } from '../support/server.mjs'
import { ok, slugOf } from '../support/story.mjs'

let server, merchant, shop, tier
let places = 0

before(async () => {
  server = await Server.start({ args: ['--demo', '1', '--behind-proxy', '1'] })
  merchant = server.demo.merchants[0]
  shop = await slugOf(server)
  tier = merchant.programs[0].reward_tiers[0]
})
after(() => server?.remove())

const key = () => ({ idempotency_key: randomUUID() })
const newPlace = () => ({ 'x-forwarded-for': `203.0.113.${++places}` })

/* Somebody with points of the main program. */
async function joined(points = 0, at = shop) {
  const guest = new Guest(server, at, { place: newPlace() })
  guest.card = (await guest.join()).session
  guest.account = guest.card.accounts[0]
  if (points !== 0) await give(guest, points)
  return guest
}

const give = async (guest, points) =>
  ok(
    await server.api('POST', `/v2/loyalty/accounts/${guest.account.id}/accumulate`, {
      accumulate_points: { points },
      location_id: merchant.locations[0].id,
      ...key(),
    }),
  )

/* The same customer on a second telephone. */
async function secondDevice(guest) {
  const { sign_in } = ok(
    await server.api('POST', '/v2/till/sign-in-link', { customer_id: guest.card.customer.id }),
  )
  const device = new Guest(server, shop, { place: guest.place })
  const token = new URL(sign_in.url).hash.replace('#in=', '')
  device.keep(await device.ask('POST', '/session/link', { token }))
  return device
}

const take = (guest, more = {}) =>
  guest.ask('POST', '/rewards', { reward_tier_id: tier.id, ...key(), ...more })
const use = (guest, reward, more = key()) => guest.ask('POST', `/rewards/${reward.id}/use`, more)
const show = (guest, reward, token) =>
  guest.ask('GET', `/rewards/${reward.id}/showing?token=${token}`)
const balanceOf = async (guest) => ok(await guest.ask('GET', '/card')).accounts[0].balance

function refused(reply, status, code, field) {
  const [error] = reply.body.errors
  assert.deepEqual([reply.status, error.code, error.field], [status, code, field])
}

describe('taking', () => {
  test('costs the points, and giving up brings them back', async () => {
    const guest = await joined(tier.points + 3)
    const { reward, balance } = ok(await take(guest))
    assert.deepEqual([reward.status, reward.name, balance], ['ISSUED', tier.name, 3])
    const card = ok(await guest.ask('GET', '/card'))
    assert.deepEqual([card.accounts[0].balance, card.rewards.length], [3, 1])
    refused(await take(guest), 400, 'POINTS_SHORT', undefined)
    for (let i = 0; i < 2; i++) ok(await guest.ask('DELETE', `/rewards/${reward.id}`))
    assert.equal(await balanceOf(guest), tier.points + 3)
    refused(await use(guest, reward), 400, 'REWARD_GIVEN_UP', undefined)
  })

  test('tapped twice, on a nervous network, takes once', async () => {
    const guest = await joined(3 * tier.points)
    const once = key()
    const replies = await Promise.all(Array.from({ length: 6 }, () => take(guest, once)))
    for (const reply of replies) assert.deepEqual(ok(reply), ok(replies[0]))
    assert.equal(await balanceOf(guest), 2 * tier.points)
  })

  test('on two telephones at once takes what there are points for', async () => {
    const guest = await joined(tier.points)
    const other = await secondDevice(guest)
    const both = await Promise.all([take(guest), take(other)])
    const [won, lost] = both.sort((a, b) => a.status - b.status)
    assert.equal(ok(won).balance, 0)
    refused(lost, 400, 'POINTS_SHORT', undefined)
  })

  test('wants a tier and a key', async () => {
    const guest = await joined(tier.points)
    refused(await guest.ask('POST', '/rewards', key()), 400, 'FIELD_REQUIRED', 'reward_tier_id')
    const keyless = await guest.ask('POST', '/rewards', { reward_tier_id: tier.id })
    refused(keyless, 400, 'FIELD_REQUIRED', 'idempotency_key')
    const unknown = { reward_tier_id: 'tie_0000000000001' }
    refused(await take(guest, unknown), 404, 'TIER_UNKNOWN', undefined)
    const reply = await take(guest, { reward_tier_id: guest.account.id })
    refused(reply, 400, 'ID_MALFORMED', 'reward_tier_id')
  })
})

describe('using', () => {
  test('shows it for five minutes, through a reload, until Back', async () => {
    const guest = await joined(tier.points)
    const { reward } = ok(await take(guest))
    const { showing, reward: used } = ok(await use(guest, reward))
    assert.equal(used.status, 'REDEEMED')
    const left = Date.parse(showing.until) - Date.parse(showing.server_time)
    assert.equal(left, 5 * 60 * 1000)
    const again = ok(await show(guest, reward, showing.token))
    assert.equal(again.showing.until, showing.until)
    assert.ok(Date.parse(again.server_time) >= Date.parse(showing.server_time))
    refused(await show(guest, reward, '0'.repeat(26)), 404, 'REWARD_UNKNOWN', undefined)
    const tokenless = await guest.ask('GET', `/rewards/${reward.id}/showing`)
    refused(tokenless, 400, 'FIELD_REQUIRED', 'token')

    const back = (token) => guest.ask('POST', `/rewards/${reward.id}/showing/end`, { token })
    refused(await back('0'.repeat(26)), 404, 'REWARD_UNKNOWN', undefined)
    for (let i = 0; i < 2; i++) ok(await back(showing.token))
    refused(await show(guest, reward, showing.token), 400, 'SHOWING_ENDED', undefined)
    refused(await use(guest, reward), 400, 'REWARD_USED', undefined)
    refused(await guest.ask('DELETE', `/rewards/${reward.id}`), 400, 'REWARD_USED', undefined)
    const [listed] = ok(await guest.ask('GET', '/rewards')).rewards
    assert.deepEqual([listed.id, listed.status], [reward.id, 'REDEEMED'])
    assert.deepEqual(ok(await guest.ask('GET', '/card')).rewards, [])
  })

  test('on two telephones at once is one of theirs, and staff see one use', async () => {
    const guest = await joined(tier.points)
    const other = await secondDevice(guest)
    const { reward } = ok(await take(guest))
    const both = await Promise.all([use(guest, reward), use(other, reward)])
    const [won, lost] = both.sort((a, b) => a.status - b.status)
    refused(lost, 400, 'REWARD_USED', undefined)
    ok(await show(guest, reward, ok(won).showing.token))
    const filter = { loyalty_account_filter: { loyalty_account_id: guest.account.id } }
    const { events } = ok(
      await server.api('POST', '/v2/loyalty/events/search', { query: { filter } }),
    )
    const uses = events.filter(({ type }) => type === 'REDEEM_REWARD')
    assert.deepEqual(
      uses.map(({ actor }) => [actor.kind, actor.id]),
      [['CUSTOMER', guest.card.customer.id]],
    )
  })

  test('repeated because the answer was lost gives the same token', async () => {
    const guest = await joined(tier.points)
    const { reward } = ok(await take(guest))
    const once = key()
    const first = ok(await use(guest, reward, once))
    assert.deepEqual(ok(await use(guest, reward, once)), first)
    ok(await show(guest, reward, first.showing.token))
  })

  test('while it is being given up is one or the other', async () => {
    for (let i = 0; i < 5; i++) {
      const guest = await joined(tier.points)
      const { reward } = ok(await take(guest))
      const giving = guest.ask('DELETE', `/rewards/${reward.id}`)
      const [used, gone] = await Promise.all([use(guest, reward), giving])
      assert.deepEqual([used.status, gone.status].sort(), [200, 400])
      assert.equal(await balanceOf(guest), used.status === 200 ? 0 : tier.points)
    }
  })
})

describe('what is another customer’s does not exist', () => {
  let anna, shown

  before(async () => {
    anna = await joined(4 * tier.points)
    anna.reward = ok(await take(anna)).reward
    anna.used = ok(await take(anna)).reward
    shown = ok(await use(anna, anna.used)).showing
  })

  test('for a customer of the same shop, whichever id they try', async () => {
    const leo = await joined(4 * tier.points)
    const mine = await balanceOf(anna)
    for (const { id } of [anna.reward, anna.used]) {
      refused(await use(leo, { id }), 404, 'REWARD_UNKNOWN', undefined)
      refused(await leo.ask('DELETE', `/rewards/${id}`), 404, 'REWARD_UNKNOWN', undefined)
      refused(await show(leo, { id }, shown.token), 404, 'REWARD_UNKNOWN', undefined)
      const end = await leo.ask('POST', `/rewards/${id}/showing/end`, { token: shown.token })
      refused(end, 404, 'REWARD_UNKNOWN', undefined)
    }
    const theirs = await take(leo, { account_id: anna.account.id })
    refused(theirs, 404, 'ACCOUNT_UNKNOWN', undefined)
    for (const path of ['/card', '/history', '/rewards', '/session']) {
      const told = JSON.stringify(ok(await leo.ask('GET', path)))
      for (const id of [anna.card.customer.id, anna.account.id, anna.reward.id, anna.used.id]) {
        assert.ok(!told.includes(id), path)
      }
    }
    assert.equal(await balanceOf(anna), mine)
    assert.equal(await balanceOf(leo), 4 * tier.points)
    ok(await show(anna, anna.used, shown.token))
  })

  test('for a customer of another shop, too', async () => {
    const there = await joined(0, await slugOf(server, server.demo.merchants[1]))
    for (const { id } of [anna.reward, anna.used]) {
      refused(await use(there, { id }), 404, 'REWARD_UNKNOWN', undefined)
      refused(await there.ask('DELETE', `/rewards/${id}`), 404, 'REWARD_UNKNOWN', undefined)
      refused(await show(there, { id }, shown.token), 404, 'REWARD_UNKNOWN', undefined)
    }
    refused(await take(there), 404, 'TIER_UNKNOWN', undefined)
    const account_id = anna.account.id
    refused(await take(there, { account_id }), 404, 'ACCOUNT_UNKNOWN', undefined)
  })

  test('for nobody at all, least of all', async () => {
    const nobody = new Guest(server, shop)
    for (const [method, path, body] of [
      ['GET', '/card'],
      ['GET', '/history'],
      ['POST', '/rewards', { reward_tier_id: tier.id, ...key() }],
      ['POST', `/rewards/${anna.reward.id}/use`, key()],
      ['DELETE', `/rewards/${anna.reward.id}`],
      ['DELETE', '/me'],
    ]) {
      refused(await nobody.ask(method, path, body), 401, 'UNAUTHENTICATED', undefined)
    }
    const forged = Object.assign(nobody, { headers: { cookie: anna.cookie } })
    refused(await forged.ask('DELETE', '/me'), 403, 'CSRF', undefined)
    refused(
      await forged.ask('POST', `/rewards/${anna.reward.id}/use`, key()),
      403,
      'CSRF',
      undefined,
    )
  })
})

describe('history', () => {
  test('tells each movement once, newest first, page by page', async () => {
    const guest = await joined()
    for (let i = 1; i <= 65; i++) await give(guest, i)
    const seen = []
    let cursor = ''
    do {
      const path = `/history${cursor && `?cursor=${encodeURIComponent(cursor)}`}`
      const page = ok(await guest.ask('GET', path))
      seen.push(...page.events)
      cursor = page.cursor ?? ''
    } while (cursor !== '')
    assert.deepEqual(
      seen.map(({ points }) => points),
      Array.from({ length: 65 }, (_, i) => 65 - i),
    )
    assert.equal(seen[0].location_name, merchant.locations[0].name)
    const other = await guest.ask('GET', '/history?cursor=made-up')
    refused(other, 400, 'CURSOR_MALFORMED', 'cursor')
  })

  test('names rewards, and not why staff adjusted something', async () => {
    const guest = await joined(tier.points)
    ok(await take(guest))
    const path = `/v2/loyalty/accounts/${guest.account.id}/adjust`
    const adjust_points = { points: 2, reason: 'seems to cheat' }
    ok(await server.api('POST', path, { adjust_points, ...key() }))
    const { events } = ok(await guest.ask('GET', '/history'))
    assert.deepEqual(
      events.map(({ type, points, reward_name }) => [type, points, reward_name]),
      [
        ['ADJUST_POINTS', 2, undefined],
        ['CREATE_REWARD', -tier.points, tier.name],
        ['ACCUMULATE_POINTS', tier.points, undefined],
      ],
    )
    assert.doesNotMatch(JSON.stringify(events), /cheat/)
  })
})
