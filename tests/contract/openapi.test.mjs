/*
 * openapi.yaml is true: every operation is played, and every reply, refusals included, has the
 * described shape and no field more.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { tabletOf } from '../support/callers.mjs'
import { cookieLineOf, cookieOf } from '../support/cookies.mjs'
import { fill, fillPath } from '../support/openapi.mjs'
import { Player, TAGS_APART } from '../support/playing.mjs'
import { Server } from '../support/server.mjs'
import { signInAs } from '../support/staff.mjs'
import { Guest } from '../support/guest.mjs'
import { deliverSquare, live, ok, picture, sale, saver, squarePayment } from '../support/story.mjs'

const player = new Player()
const { api, played } = player
let server, merchant, ids

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  merchant = server.demo.merchants[0]
  ids = await live(server)
  player.begin(server, ids)
})
after(() => server?.remove())

const key = () => ({ authorization: `Bearer ${merchant.api_key}` })

const play = (id, told) => player.play(id, told)

/* One reading of a stream's reply: its head and what came first. */
async function playStream(id, headers) {
  const operation = api.operations.find((o) => o.id === id)
  const stop = new AbortController()
  const reply = await fetch(server.url + operation.path, {
    headers,
    signal: stop.signal,
  })
  assert.equal(reply.status, 200)
  assert.match(reply.headers.get('content-type'), /^text\/event-stream/)
  stop.abort()
  played.add(id)
}

test('the examples are as the schemas want them', () => {
  for (const operation of api.operations.filter((o) => o.body)) {
    assert.equal(api.wrongRequest(operation, operation.body.example), '', operation.id)
  }
})

test('sign in, who one is, sign out', async () => {
  const { email, password } = merchant.staff[0]
  const signedIn = await play('signIn', {
    body: { email, password },
    headers: {},
  })
  const { csrf_token, session, seq } = ok(signedIn)
  assert.equal(session.team_member.email, email)
  assert.equal(session.merchant.slug, 'le-fournil')
  assert.match(
    cookieLineOf(signedIn),
    /^habitue_session=ses_\w{39}; Path=\/; .*HttpOnly; SameSite=Lax/,
  )
  const headers = { cookie: cookieOf(signedIn), 'x-habitue-csrf': csrf_token }
  const again = ok(await play('showSession', { headers }))
  assert.deepEqual(again, { session, csrf_token, seq })
  await playStream('streamMerchant', headers)
  ok(await play('signOut', { headers }))
  assert.equal((await play('showSession', { headers })).status, 401)
})

test('in a demo a visitor is the owner of a shop, and stays in that shop', async () => {
  const other = server.demo.merchants[1]
  const entered = await play('enterDemo', { body: { merchant_id: other.id }, headers: {} })
  const { session } = ok(entered)
  assert.equal(session.merchant.id, other.id)
  assert.equal(session.team_member.role, 'owner')
  const unknown = { merchant_id: 'mer_0000000000001' }
  assert.equal((await play('enterDemo', { body: unknown, headers: {} })).status, 404)
})

test('a wrong password says no more than that', async () => {
  const wrong = await play('signIn', {
    body: { email: merchant.staff[0].email, password: 'not it at all' },
    headers: {},
  })
  const nobody = await play('signIn', {
    body: { email: 'nobody@example.com', password: 'not it at all' },
    headers: {},
  })
  assert.equal(wrong.status, 401)
  assert.deepEqual(wrong.body, nobody.body)
})

test('the merchant itself', async () => {
  const { merchant: before } = ok(await play('showMerchant'))
  assert.equal(before.app_url, `${server.url}/app/le-fournil/`)
  const { merchant: after } = ok(await play('changeMerchant'))
  assert.deepEqual(after, { ...before, brand_color: '#9a4a16', time_zone: 'Europe/Paris' })
})

test('customers', async () => {
  const { customer } = ok(
    await play('createCustomer', {
      body: {
        given_name: 'A',
        address: { locality: 'Lille', first_name: 'ignored' },
        tax_ids: { eu_vat: 'ignored' },
      },
    }),
  )
  assert.deepEqual(customer.address, { locality: 'Lille' })
  const of = { with: { cus: customer.id } }
  ok(await play('showCustomer', of))
  assert.equal(
    ok(
      await play('changeCustomer', {
        ...of,
        body: { note: 'n', address: null },
      }),
    ).customer.address,
    undefined,
  )
  ok(
    await play('listCustomers', {
      query: '?limit=2&sort_order=DESC&count=false',
    }),
  )
  ok(await play('searchCustomers'))
  assert.equal((await play('deleteCustomer', { ...of, query: '?version=99' })).status, 409)
  ok(await play('deleteCustomer', of))
  assert.equal((await play('deleteCustomer', of)).status, 404)
})

test('a customer’s sheet, days, and what needs attention', async () => {
  const sheet = ok(await play('summarizeCustomer'))
  assert.equal(sheet.customer.id, ids.cus)
  assert.equal(sheet.accounts[0].program.id, ids.prg)
  const { days } = ok(await play('readDays', { query: '?from=2026-03-01&to=2026-03-31' }))
  assert.equal(days.length, 31)
  ok(await play('listAttention'))
  const liability = ok(await play('readLiability', { query: `?program_id=${ids.prg}` }))
  assert.equal(liability.programs[0].program_id, ids.prg)
})

test('locations and programs', async () => {
  ok(await play('listLocations'))
  ok(await play('showLocation'))
  ok(await play('listPrograms'))
  ok(await play('showProgram'))
  ok(await play('calculatePoints'))
})

test('articles: added, changed, listed, removed', async () => {
  const { catalog_object } = ok(await play('putCatalogObject'))
  const changed = { ...catalog_object, position: 7 }
  const body = { idempotency_key: randomUUID(), object: changed }
  assert.equal(ok(await play('putCatalogObject', { body })).catalog_object.version, 2)
  const late = { ...body, idempotency_key: randomUUID() }
  assert.equal((await play('putCatalogObject', { body: late })).status, 409)
  ok(await play('listCatalog', { query: '?types=ITEM' }))
  ok(await play('listCatalog'))
  ok(await play('batchRetrieveCatalogObjects'))
  assert.equal(ok(await play('searchCatalogItems')).items.length, 1)
  const { object } = ok(await play('showCatalogObject', { with: { itm: catalog_object.id } }))
  assert.equal(object.item_data.variations.length, 2)
  ok(await play('deleteCatalogObject', { with: { itm: catalog_object.id } }))
  ok(await play('restoreCatalogObject', { with: { itm: catalog_object.id } }))
})

test('programs and their tiers change', async () => {
  const { program } = ok(await play('createProgram'))
  const of = { with: { prg: program.id } }
  assert.deepEqual([program.is_main, program.expiration_days], [false, 365])
  const changed = ok(await play('changeProgram', { ...of, body: { program: { name: 'Midi' } } }))
  assert.equal(changed.program.name, 'Midi')
  const tiers = ok(await play('addTier', of)).program.reward_tiers
  const tier = { with: { prg: program.id, tie: tiers.at(-1).id } }
  const dearer = ok(await play('changeTier', tier)).program.reward_tiers
  assert.deepEqual([dearer.at(-1).name, dearer.at(-1).points], ['Un chocolat chaud offert', 25])
  const last = { with: { prg: program.id, tie: dearer.at(-1).id } }
  assert.equal(ok(await play('withdrawTier', last)).program.reward_tiers.length, 2)
  assert.equal(ok(await play('previewProgram', of)).preview.accounts, 0)
  assert.ok(ok(await play('closeProgram', of)).program.closing_at)
  assert.equal(ok(await play('reopenProgram', of)).program.closing_at, undefined)
})

test('promotions: made, shown, listed, canceled', async () => {
  const { loyalty_promotion } = ok(await play('createPromotion'))
  const of = { with: { pro: loyalty_promotion.id } }
  assert.deepEqual(ok(await play('showPromotion', of)).loyalty_promotion, loyalty_promotion)
  const listed = ok(await play('listPromotions')).loyalty_promotions
  assert.equal(listed[0].id, loyalty_promotion.id)
  const canceled = ok(await play('cancelPromotion', of)).loyalty_promotion
  assert.equal(canceled.status, 'CANCELED')
})

test('the till: opened, a sale, somebody who joins, who stands there', async () => {
  ok(await play('openTill'))
  const { order, earned } = ok(await play('recordSale'))
  assert.equal(order.total_money.amount, 240 + 872)
  assert.equal(earned.points, 11)
  const sale = { lines: [{ name: 'Vin', price_money: { amount: 900, currency: 'EUR' } }] }
  const waiting = ok(await play('recordSale', { body: { sale, idempotency_key: randomUUID() } }))
  assert.deepEqual([waiting.earned, waiting.waiting_points], [null, 9])
  ok(await play('claimSale', { with: { ord: waiting.order.id } }))
  ok(await play('identifyCustomer'))
  ok(await play('makeSignInLink'))
  const shown = ok(await play('showOrder', { with: { ord: order.id } })).order
  // in the main program, and in that of the stamps
  assert.deepEqual([shown.loyalty_events.length, shown.paid_by.customer_id], [2, ids.cus])
  const { earning } = ok(await play('showEarning', { with: { ord: order.id } }))
  assert.deepEqual([earning.points, earning.explanation[0].basis_money.amount], [11, 240 + 872])
  const { orders } = ok(await play('searchOrders', { body: {} }))
  assert.deepEqual(
    orders.slice(0, 2).map(({ id }) => id),
    [waiting.order.id, order.id],
  )
  ok(await play('searchOrders'))
})

test('a sale with a reward and a credit note: quoted, recorded, given back', async () => {
  const reward = ok(await play('createReward')).reward.id
  const note = ok(await play('makeCreditNote')).credit_note
  const quote = ok(await play('quoteSale', { with: { rew: reward, cre: note.id } })).quote
  assert.equal(quote.subtotal_money.amount, 240)
  assert.deepEqual(
    quote.discounts.map(({ kind, amount_money }) => [kind, amount_money.amount]),
    [
      ['reward', 0],
      ['credit_note', 100],
    ],
  )
  assert.equal(quote.total_money.amount, 140)
  const sale = {
    lines: [{ name: 'Vin', price_money: { amount: 900, currency: 'EUR' } }],
    customer_id: ids.cus,
    rewards: [reward],
    credit_notes: [{ code: note.code }],
  }
  const sold = ok(await play('recordSale', { body: { sale, idempotency_key: randomUUID() } }))
  assert.equal(sold.order.total_money.amount, 0)
  assert.equal(sold.order.total_discount_money.amount, 900)
  assert.equal(sold.order.discounts.length, 2)
  const of = { with: { ord: sold.order.id, rew: reward, cre: note.id } }
  assert.equal(ok(await play('showReward', of)).reward.used_order_id, sold.order.id)
  assert.equal(ok(await play('showCreditNote', of)).credit_note.balance_money.amount, 350)
  const undone = ok(await play('refundSale', { ...of, body: { idempotency_key: randomUUID() } }))
  assert.equal(undone.order.state, 'CANCELED')
  assert.ok(undone.order.discounts.every(({ returned_at }) => returned_at))
  assert.equal(ok(await play('showReward', of)).reward.status, 'ISSUED')
  assert.equal(ok(await play('showCreditNote', of)).credit_note.balance_money.amount, 1250)
  const found = await play('identifyCustomer', {
    body: { reward_code: ok(await play('showReward', of)).reward.code },
  })
  assert.equal(ok(found).reward.id, reward)

  const part = ok(await play('recordSale'))
  const owed = ok(await play('quoteRefund', { with: { ord: part.order.id } })).quote
  assert.equal(owed.amount_money.amount, 120) // one of two croissants
  const given = ok(await play('refundSale', { with: { ord: part.order.id } }))
  assert.equal(given.order.refunded_money.amount, 120)
  assert.equal(given.refund.reason, 'MISTAKE')

  const { headers } = await signInAs(server, merchant.staff[0])
  const mistake = ok(await play('recordSale', { headers }))
  assert.ok(mistake.order.undo_until > mistake.order.closed_at)
  const gone = ok(await play('undoSale', { headers, with: { ord: mistake.order.id } })).order
  assert.deepEqual(
    [gone.state, gone.void.reason, gone.undo_until],
    ['CANCELED', 'MISTAKE', undefined],
  )
  assert.ok(gone.void.team_member_name)

  assert.ok(ok(await play('closeTillDay')).day.closed.at)
  const { day } = ok(await play('readTillDay'))
  assert.ok(day.is_today && day.opened && day.closed)
  assert.deepEqual([day.voids.baskets, day.refunds, day.refunded_money.amount], [2, 1, 120])
  const before = { body: { location_id: ids.loc, day: '2020-02-29' } }
  assert.equal(ok(await play('readTillDay', before)).day.baskets, 0)
})

test('orders of a program: opened, paid, accumulated', async () => {
  const open = ok(await play('createOrder')).order
  assert.deepEqual([open.state, open.reference_id, open.claim_state], ['OPEN', 'table-7', 'NONE'])
  assert.deepEqual([open.total_money.amount, open.closed_at], [200, undefined])
  const of = { with: { ord: open.id } }
  const paid = ok(await play('payOrder', of)).order
  assert.deepEqual([paid.state, paid.claim_state], ['COMPLETED', 'WAITING'])
  assert.equal(ok(await play('payOrder', of)).order.state, 'COMPLETED') // once is enough
  const accumulated = await play('accumulatePoints', {
    body: {
      accumulate_points: { order_id: open.id },
      location_id: ids.loc,
      idempotency_key: randomUUID(),
    },
  })
  assert.equal(ok(accumulated).event.accumulate_points.points, 2)
})

test('every merchant of the demo has programs and locations as described', async () => {
  for (const { api_key } of server.demo.merchants) {
    const headers = { authorization: `Bearer ${api_key}` }
    ok(await play('listPrograms', { headers }))
    ok(await play('listLocations', { headers }))
  }
})

test('accounts, their points and events', async () => {
  ok(
    await play('createAccount', {
      body: {
        loyalty_account: {
          program_id: ids.prg,
          mapping: { phone_number: '06 12 34 50 00' },
        },
        idempotency_key: randomUUID(),
      },
    }),
  )
  ok(await play('showAccount'))
  assert.equal(ok(await play('searchAccounts')).loyalty_accounts[0].id, ids.acc)
  ok(await play('accumulatePoints'))
  ok(await play('adjustPoints'))
  ok(await play('searchEvents', { body: {} }))
})

test('rewards: taken, used, shown, put back, handed over; given up', async () => {
  const take = async () => ok(await play('createReward')).reward.id
  const of = { with: { rew: await take() } }
  ok(await play('showReward', of))
  ok(await play('searchRewards'))
  const { showing } = ok(await play('useReward', of))
  const shown = await play('showShowing', { ...of, query: '' })
  assert.equal(shown.status, 404) // the example's token is not this one
  const address = `/v2/loyalty/rewards/${of.with.rew}/showing?token=${encodeURIComponent(showing.token)}`
  const reply = await server.api('GET', address)
  const operation = api.find('GET', address)
  assert.equal(api.wrongReply(operation, reply.status, reply.body), '')
  assert.equal(ok(reply).showing.until, showing.until)
  played.add(operation.id)
  ok(await play('endShowing', { ...of, body: { token: showing.token } }))
  assert.equal((await server.api('GET', address)).body.errors[0].code, 'SHOWING_ENDED')
  assert.equal(ok(await play('putBackReward', of)).reward.status, 'ISSUED')
  ok(await play('redeemReward', of))
  ok(await play('deleteReward', { with: { rew: await take() } }))
  const { events } = ok(
    await play('searchEvents', {
      body: { query: { filter: { type_filter: { types: ['OTHER'] } } } },
    }),
  )
  assert.equal(events[0].other_event.reward_id, of.with.rew)
})

test('credit notes: made, found, ended; cashback spent', async () => {
  const made = ok(await play('makeCreditNote')).credit_note
  assert.equal(made.balance_money.amount, 1250)
  const of = { with: { cre: made.id } }
  assert.deepEqual(ok(await play('showCreditNote', of)).credit_note, made)
  assert.deepEqual(ok(await play('searchCreditNotes')).credit_notes[0], made)
  const found = await play('searchCreditNotes', {
    body: { query: { filter: { code: made.code } } },
  })
  assert.deepEqual(ok(found).credit_notes, [made])
  const ended = ok(await play('endCreditNote', of)).credit_note
  assert.equal(ended.balance_money.amount, 0)
  assert.ok(ended.ended_at)

  assert.equal((await play('spendCashback')).body.errors[0].code, 'PROGRAM_NOT_CASHBACK')
  const { acc } = await saver(server)
  assert.equal(ok(await play('spendCashback', { with: { acc } })).event.other_event.points, -250)
})

test('a tablet: its code, its state, its stream, a claim', async () => {
  const { pairing_code } = ok(await play('makePairingCode'))
  const activated = await play('activateTablet', {
    body: { code: pairing_code.code },
    headers: {},
  })
  const { csrf_token, tablet } = ok(activated)
  assert.equal(tablet.id, ids.tab)
  assert.match(
    cookieLineOf(activated),
    /^habitue_device=dev_\w{39}; Path=\/v2\/tablet; .*HttpOnly; SameSite=Lax/,
  )
  const headers = { cookie: cookieOf(activated), 'x-habitue-csrf': csrf_token }
  const register = merchant.locations[0].registers.find(({ id }) => id === tablet.register.id)
  const { order } = (await server.feed(sale(register.vendor_register, 3300))).body
  const state = ok(await play('showTablet', { headers }))
  assert.equal(state.csrf_token, csrf_token)
  assert.equal(state.orders.at(-1).id, order.id)
  assert.equal(state.orders.at(-1).points, 33)
  assert.match(state.notice.text, new RegExp(merchant.name))
  await playStream('streamTablet', headers)

  const told = {
    order_id: order.id,
    phone_number: '06 77 00 11 22',
    idempotency_key: randomUUID(),
  }
  const unread = await play('claimOrder', { headers, body: told })
  assert.equal(unread.body.errors[0].code, 'NOTICE_REQUIRED')
  const { version: notice_version, language } = state.notice
  const madeUp = await play('claimOrder', {
    headers,
    body: { ...told, consent: { notice_version: '1', language } },
  })
  assert.deepEqual([madeUp.status, madeUp.body.errors[0].field], [400, 'consent.notice_version'])
  const { claim } = ok(
    await play('claimOrder', {
      headers,
      body: { ...told, consent: { notice_version, language } },
    }),
  )
  assert.deepEqual([claim.points, claim.is_new, claim.account.balance], [33, true, 33])
})

test('tablets: added, changed, found by a wave, taken over, left, taken away', async () => {
  const { registers } = ok(await play('listRegisters'))
  const ours = merchant.locations[0].registers.map(({ id }) => id)
  assert.ok(ours.every((id) => registers.some((register) => register.id === id)))
  const { tablet } = ok(await play('createTablet'))
  const of = { with: { tab: tablet.id } }
  assert.equal(tablet.register, null)
  const body = { tablet: { name: 'Entrée', register_id: ours[0] } }
  assert.equal(ok(await play('changeTablet', { ...of, body })).tablet.register.id, ours[0])
  const listed = ok(await play('listTablets')).tablets.find(({ id }) => id === tablet.id)
  assert.deepEqual([listed.name, listed.paired, listed.online], ['Entrée', false, false])

  const appointed = await play('appointTablet', of)
  const headers = { cookie: cookieOf(appointed), 'x-habitue-csrf': ok(appointed).csrf_token }
  ok(await play('identifyTablet', of))
  const locked = await play('unlockTablet', { headers })
  assert.equal(locked.body.errors[0].code, 'PIN_NOT_SET')
  const pin = { merchant: { tablet_pin: '4321' } }
  ok(await server.api('PUT', '/v2/merchants/me', pin))
  ok(await play('unlockTablet', { headers }))
  ok(await play('leaveTablet', { headers }))
  assert.equal((await play('showTablet', { headers })).status, 401)
  ok(await play('removeTablet', of))
  assert.equal((await play('identifyTablet', of)).status, 404)
})

test('a customer in the app: joins, takes, shows and gives up, changes, leaves', async () => {
  const guest = new Guest(server, ids.shop)
  const body = (more) => ({ ...guest.address, ...more })
  ok(await play('showShop', { headers: {}, query: '?language=en' }))
  ok(await play('sendCode', { headers: {}, body: guest.address }))
  const code = await guest.lastCode()
  const unread = await play('joinShop', { headers: {}, body: body({ code }) })
  assert.equal(unread.body.errors[0].code, 'NOTICE_REQUIRED')
  const consent = await guest.consent()
  const { session } = guest.keep(
    await play('joinShop', { headers: {}, body: body({ code, consent, source: 'tablet' }) }),
  )
  assert.match(guest.cookie, /^habitue_customer=cst_\w{39}$/)
  const { headers } = guest
  assert.equal(ok(await play('showCustomerSession', { headers })).customer.id, session.customer.id)

  const [account] = session.accounts
  const points = { accumulate_points: { points: 100 }, location_id: ids.loc }
  const give = { ...points, idempotency_key: randomUUID() }
  ok(await server.api('POST', `/v2/loyalty/accounts/${account.id}/accumulate`, give))
  const first = ok(await play('takeReward', { headers })).reward
  const second = ok(await play('takeReward', { headers })).reward
  assert.deepEqual(
    ok(await play('showCard', { headers })).rewards.map(({ id }) => id),
    [second.id, first.id],
  )
  const of = { headers, with: { rew: first.id } }
  const { showing } = ok(await play('useOwnReward', of))
  assert.equal((await play('showOwnShowing', of)).status, 404) // another token than this one
  const path = `/rewards/${first.id}/showing?token=${showing.token}`
  const shown = await guest.ask('GET', path)
  const operation = api.find('GET', `/v2/app/${ids.shop}${path}`)
  assert.equal(api.wrongReply(operation, shown.status, shown.body), '')
  played.add(operation.id)
  ok(await play('endOwnShowing', { ...of, body: { token: showing.token } }))
  ok(await play('giveUpReward', { headers, with: { rew: second.id } }))
  assert.equal((await play('giveUpReward', of)).body.errors[0].code, 'REWARD_USED')
  assert.equal(ok(await play('listOwnRewards', { headers })).rewards[0].status, 'REDEEMED')
  assert.equal(ok(await play('listHistory', { headers })).events.length, 5)
  assert.equal(ok(await play('changeSelf', { headers })).customer.birthday, '0000-02-29')
  ok(await play('endCustomerSession', { headers }))
  await guest.join()
  ok(await play('renewCardCode', { headers: guest.headers }))
  ok(await play('removeSelf', { headers: guest.headers }))
  assert.equal((await play('showCard', { headers: guest.headers })).status, 401)
  const used = await play('followLink', { headers: {} })
  assert.equal(used.body.errors[0].code, 'LINK_EXPIRED')
  played.add('followLink') // one that is not used yet is a till's to make
  ok(await play('listMessages'))
})

test('a logo: given, fetched, taken away', async () => {
  const { showFile, showTabletFile, showShopFile, putLogo } = Object.fromEntries(
    api.operations.map((operation) => [operation.id, operation]),
  )
  const bytes = picture()
  const given = await server.putLogo(bytes)
  assert.equal(api.wrongReply(putLogo, given.status, given.body), '')
  played.add('putLogo')
  const of = { fil: ok(given).file.id, shop: ids.shop }
  const { headers: device } = await tabletOf(server, merchant.tablets[1].pairing_code)
  for (const [operation, headers] of [
    [showFile, key()],
    [showTabletFile, device],
    [showShopFile, {}],
  ]) {
    const reply = await fetch(server.url + fillPath(operation, of), { headers })
    assert.equal(reply.status, 200)
    const described = api.deref(operation.replies['200']).content
    assert.ok(Object.keys(described).includes(reply.headers.get('content-type')))
    assert.deepEqual(Buffer.from(await reply.arrayBuffer()), bytes)
    played.add(operation.id)
  }
  ok(await play('removeLogo'))
  assert.equal((await play('showFile', { with: of })).status, 404)
})

test('a catalog as a table: looked at, taken in, given out', async () => {
  const of = (id) => api.operations.find((operation) => operation.id === id)
  const headers = { authorization: `Bearer ${merchant.api_key}` }
  const { example } = api.document.paths['/v2/catalog/import'].post.requestBody.content['text/csv']
  for (const [id, applied] of [
    ['previewCatalogImport', false],
    ['importCatalog', true],
  ]) {
    const sent = { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' } }
    const reply = await fetch(server.url + of(id).path, { ...sent, body: example })
    const body = await reply.json()
    assert.equal(api.wrongReply(of(id), reply.status, body), '', JSON.stringify(body))
    assert.deepEqual([body.import.new, body.import.applied], [2, applied])
    played.add(id)
  }
  const reply = await fetch(server.url + of('exportCatalog').path, { headers })
  assert.equal(reply.headers.get('content-type'), 'text/csv; charset=utf-8')
  const bytes = Buffer.from(await reply.arrayBuffer())
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  const described = of('exportCatalog').replies['200'].content['text/csv'].example
  const [columns, ...rows] = bytes.toString('utf8', 3).split('\r\n')
  assert.equal(columns, described.trimEnd())
  assert.ok(rows.some((row) => row.startsWith('Café;Grand;;;2,50;;var_')))
  played.add('exportCatalog')
})

test('the journal is text', async () => {
  const operation = api.operations.find(({ id }) => id === 'exportLiabilityJournal')
  const headers = { authorization: `Bearer ${merchant.api_key}` }
  const reply = await fetch(server.url + operation.path, { headers })
  assert.deepEqual(
    [reply.status, reply.headers.get('content-type')],
    [200, 'text/csv; charset=utf-8'],
  )
  const [columns] = (await reply.text()).split('\r\n')
  const described = operation.replies['200'].content['text/csv'].example
  assert.equal(columns, described.split('\n')[0])
  played.add(operation.id)
})

test('the server, and what a POS tells it', async () => {
  const message = sale(merchant.locations[0].registers[0].vendor_register, 100)
  const told = {
    receiveFeed: [await server.feed(message), await server.feed({ ...message, event: 'canceled' })],
    receiveSquare: [
      await deliverSquare(server, squarePayment(server, 800)),
      await deliverSquare(server, { type: 'catalog.version.updated', event_id: '1', data: {} }),
    ],
  }
  for (const [id, replies] of Object.entries(told)) {
    const operation = api.operations.find((o) => o.id === id)
    for (const reply of replies) {
      assert.equal(api.wrongReply(operation, reply.status, ok(reply)), '', JSON.stringify(reply))
    }
    played.add(id)
  }
  for (const operation of api.operations.filter(
    (o) => o.needs.length === 0 && o.method === 'GET' && !played.has(o.id),
  )) {
    const reply = await fetch(server.url + fillPath(operation, ids))
    assert.equal(reply.status, 200, operation.path)
    const [described] = Object.keys(operation.replies['200'].content)
    assert.ok(
      reply.headers.get('content-type').startsWith(described),
      reply.headers.get('content-type'),
    )
    if (described === 'application/json')
      assert.equal(api.wrongReply(operation, 200, await reply.json()), '')
    played.add(operation.id)
  }
})

test('nothing was left out', () => {
  assert.deepEqual(
    player.leftOut((tag) => !TAGS_APART.includes(tag)),
    [],
  )
})
