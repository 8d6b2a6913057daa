/*
 * story — a little life at the demo's first merchant, so that tests have one of everything.
 */
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { signInAs } from './staff.mjs'

const PHONE = '+33612345678'
/* In a shop that is new nothing is unusual. */
const NO_SUSPICION = 'sus_0000000000001'

/* Throws with the whole reply when it is not a success. */
export function ok(reply) {
  if (reply.status === 200) return reply.body
  throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`)
}

/* A closed order on a register of the feed; the amount is in cents. */
export function sale(register, total, more = {}) {
  return {
    event: 'closed',
    sale_id: randomUUID(),
    closed_at: new Date().toISOString(),
    register,
    currency: 'EUR',
    total,
    tip: 0,
    tax: 0,
    customer: null,
    card: null,
    lines: [
      {
        sku: 'b1',
        name: 'Baguette',
        qty: '1',
        unit_total: total,
        total,
        category: 'bread',
      },
    ],
    refund_of: null,
    refund: null,
    ...more,
  }
}

/* What a merchant's app is called in addresses. */
export async function slugOf(server, merchant = server.demo.merchants[0]) {
  const headers = { authorization: `Bearer ${merchant.api_key}` }
  return ok(await server.ask('GET', '/v2/merchants/me', { headers })).merchant.slug
}

/*
 * Makes a customer, an account with points, a reward taken and an order waiting at the first
 * merchant, gives it a logo and signs its owner in; gives their ids by prefix: { cus, acc, rew, cre,
 * ord, loc, prg, pro, tie, tab, mer, int, fil, itm, tem, ses, shop }.
 */
export async function live(server, { phone = PHONE, points = 500 } = {}) {
  const merchant = server.demo.merchants[0]
  const program = merchant.programs[0]
  const ids = {
    mer: merchant.id,
    loc: merchant.locations[0].id,
    prg: program.id,
    tie: program.reward_tiers[0].id,
    tab: merchant.tablets[0].id,
    int: merchant.pos[0].webhook_path.split('/').at(-1),
    shop: await slugOf(server, merchant),
  }
  const { team_members } = ok(await server.api('GET', '/v2/team-members'))
  ids.tem = team_members.find(({ role }) => role === 'cashier').id
  ids.ses = (await sessionOf(server, merchant)).id
  const post = async (path, body) =>
    ok(
      await server.api('POST', path, {
        idempotency_key: randomUUID(),
        ...body,
      }),
    )

  const apprentice = { name: 'Stagiaire', permissions: ['SALES', 'CUSTOMERS_READ'] }
  ids.rol = (await post('/v2/team-roles', { role: apprentice })).role.id
  ids.acc = (
    await post('/v2/loyalty/accounts', {
      loyalty_account: {
        program_id: ids.prg,
        mapping: { phone_number: phone },
      },
    })
  ).loyalty_account.id
  ids.cus = ok(
    await server.api('GET', `/v2/loyalty/accounts/${ids.acc}`),
  ).loyalty_account.customer_id
  await post(`/v2/loyalty/accounts/${ids.acc}/accumulate`, {
    accumulate_points: { points },
    location_id: ids.loc,
  })
  ids.rew = (
    await post('/v2/loyalty/rewards', {
      reward: { loyalty_account_id: ids.acc, reward_tier_id: ids.tie },
    })
  ).reward.id
  ids.imp = (await post('/v2/customers/imports', { name: 'c.csv', size: 1 })).import.id
  ids.cre = (
    await post('/v2/credit-notes', {
      credit_note: { amount_money: { amount: 500, currency: 'EUR' }, reason: 'gesture' },
    })
  ).credit_note.id
  ids.pro = (
    await post(`/v2/loyalty/programs/${ids.prg}/promotions`, { loyalty_promotion: happyHour() })
  ).loyalty_promotion.id
  const contact = async () =>
    (await post('/v2/customers', { given_name: 'Deux', family_name: 'Fois' })).customer.id
  ids.mrg = (
    await post('/v2/customers/merge', {
      customer_id: await contact(),
      merged_customer_id: await contact(),
    })
  ).merge.id
  const register = merchant.locations[0].registers[0]
  ids.ord = ok(await server.feed(sale(register.vendor_register, 1250))).order.id
  ids.fil = ok(await server.putLogo(picture())).file.id
  ids.itm = (
    await post('/v2/catalog/object', { object: article('Croissant', 120) })
  ).catalog_object.id
  ids.tag = (await post('/v2/customers/groups', { group: { name: 'Fidèle' } })).group.id
  ids.seg = (await post('/v2/customers/segments', { segment: { name: 'Du matin' } })).segment.id
  ids.bul = (await post('/v2/customers/exports', {})).task.id
  ids.sus = NO_SUSPICION
  return ids
}

/* A session of the merchant's owner: { id, headers }. */
async function sessionOf(server, { staff }) {
  const owner = staff.find(({ role }) => role === 'owner')
  const { headers } = await signInAs(server, owner)
  const { sessions } = ok(await server.ask('GET', '/v2/profile/sessions', { headers }))
  return { id: sessions.find(({ current }) => current).id, headers }
}

/* A promotion that never runs while a test does: a minute in a far year. */
export const happyHour = (more = {}) => ({
  name: 'Les mardis doublés',
  incentive: { type: 'POINTS_MULTIPLIER', points_multiplier_data: { multiplier: '2.0' } },
  available_time: { time_periods: ['DTSTART:21000105T160000\nDURATION:PT1M'] },
  ...more,
})

/* Somebody with 5.00 in a cashback program of the first merchant's: { prg, acc, cus }. */
export async function saver(server, phone = '+33612340055') {
  const location = server.demo.merchants[0].locations[0].id
  const post = async (path, body) =>
    ok(await server.api('POST', path, { idempotency_key: randomUUID(), ...body }))
  const rule = {
    accrual_type: 'SPEND',
    points: 5,
    spend_data: { amount_money: { amount: 100, currency: 'EUR' }, tax_mode: 'AFTER_TAX' },
  }
  const { program } = await post('/v2/loyalty/programs', {
    program: {
      name: 'Cagnotte',
      type: 'cashback',
      terminology: { one: 'centime', other: 'centimes' },
      accrual_rules: [rule],
    },
  })
  const { loyalty_account } = await post('/v2/loyalty/accounts', {
    loyalty_account: { program_id: program.id, mapping: { phone_number: phone } },
  })
  await post(`/v2/loyalty/accounts/${loyalty_account.id}/accumulate`, {
    accumulate_points: { points: 500 },
    location_id: location,
  })
  return { prg: program.id, acc: loyalty_account.id, cus: loyalty_account.customer_id }
}

/* A new article of the till, as its catalog wants it told; the price is in cents. */
export const article = (name, price, more = {}) => ({
  type: 'ITEM',
  id: '#new',
  item_data: {
    name,
    variations: [
      {
        type: 'ITEM_VARIATION',
        item_variation_data: {
          pricing_type: 'FIXED_PRICING',
          price_money: { amount: price, currency: 'EUR' },
        },
      },
    ],
  },
  ...more,
})

/* A PNG of so many bytes, as far as its first bytes tell; different in each test that asks. */
export function picture(size = 100) {
  const first = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')
  return Buffer.concat([first, randomBytes(size - first.length)])
}

/* Square's event of a payment completed at the first merchant's Square till. */
export function squarePayment(server, amount) {
  const { establishment } = server.demo.merchants[0].pos.find(({ vendor }) => vendor === 'square')
  const at = new Date().toISOString()
  const payment = {
    id: randomUUID(),
    status: 'COMPLETED',
    order_id: randomUUID(),
    location_id: establishment,
    created_at: at,
    updated_at: at,
    amount_money: { amount, currency: 'EUR' },
  }
  return {
    merchant_id: 'M1',
    type: 'payment.updated',
    event_id: randomUUID(),
    created_at: at,
    data: { type: 'payment', id: payment.id, object: { payment } },
  }
}

/* Delivers an event as Square does; change may spoil the signature. */
export async function deliverSquare(server, event, change = (signature) => signature) {
  const { webhook_path, secret } = server.demo.merchants[0].pos.find((p) => p.vendor === 'square')
  const address = server.url + webhook_path
  const body = JSON.stringify(event)
  const signature = createHmac('sha256', secret)
    .update(address + body)
    .digest('base64')
  const headers = {
    'content-type': 'application/json',
    'x-square-hmacsha256-signature': change(signature),
  }
  const reply = await fetch(address, { method: 'POST', headers, body })
  return { status: reply.status, body: await reply.json() }
}
