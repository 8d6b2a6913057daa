/*
 * story — a little life at the demo's first merchant, so that tests have one of everything.
 */
import { randomUUID } from 'node:crypto'

const PHONE = '+33612345678'

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

/*
 * Makes a customer, an account with points, a reward taken and an order waiting at the first
 * merchant; gives their ids by prefix: { cus, acc, rew, ord, loc, prg, tie, tab, mer, int }.
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
  }
  const post = async (path, body) =>
    ok(
      await server.api('POST', path, {
        idempotency_key: randomUUID(),
        ...body,
      }),
    )

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
  const register = merchant.locations[0].registers[0]
  ids.ord = ok(await server.feed(sale(register.vendor_register, 1250))).order.id
  return ids
}
