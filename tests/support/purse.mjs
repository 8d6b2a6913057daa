/*
 * purse — what a customer has beside money: points, a reward, cashback, a credit note. Made over the
 * API, as the dashboard would.
 */
import { randomUUID } from 'node:crypto'
import { ok } from './story.mjs'
import { member } from './till.mjs'

export const euros = (amount) => ({ amount, currency: 'EUR' })

export async function mainProgram(server) {
  const { programs } = ok(await server.api('GET', '/v2/loyalty/programs'))
  return programs.find(({ is_main }) => is_main)
}

/* One more reward of the main program; gives its tier. */
export async function addTier(server, tier) {
  const { id } = await mainProgram(server)
  const path = `/v2/loyalty/programs/${id}/tiers`
  const { program } = ok(await server.api('POST', path, { tier, idempotency_key: randomUUID() }))
  return program.reward_tiers.find(({ name }) => name === tier.name)
}

/* Taken, and not used yet. */
export async function takeReward(server, accountId, tier) {
  const reward = { loyalty_account_id: accountId, reward_tier_id: tier.id }
  const body = { reward, idempotency_key: randomUUID() }
  return ok(await server.api('POST', '/v2/loyalty/rewards', body)).reward
}

/* A purse of five per cent, next to the points. */
export async function addCashback(server, changes = {}) {
  const program = {
    name: 'Cagnotte du Fournil',
    type: 'cashback',
    terminology: { one: 'centime', other: 'centimes' },
    accrual_rules: [
      {
        accrual_type: 'SPEND',
        points: 5,
        spend_data: { amount_money: euros(100), tax_mode: 'AFTER_TAX' },
      },
    ],
    ...changes,
  }
  const body = { program, idempotency_key: randomUUID() }
  return ok(await server.api('POST', '/v2/loyalty/programs', body)).program
}

export async function sell(server, amount, customer_id) {
  const lines = [{ name: 'Panier', price_money: euros(amount) }]
  const body = { sale: { lines, customer_id }, idempotency_key: randomUUID() }
  return ok(await server.api('POST', '/v2/till/sales', body))
}

export async function giveNote(server, amount, customer_id) {
  const credit_note = {
    amount_money: euros(amount),
    reason: 'gesture',
    ...(customer_id ? { customer_id } : {}),
  }
  const body = { credit_note, idempotency_key: randomUUID() }
  return ok(await server.api('POST', '/v2/credit-notes', body)).credit_note
}

export async function balanceOfNote(server, { id }) {
  const { credit_note } = ok(await server.api('GET', `/v2/credit-notes/${id}`))
  return credit_note.balance_money.amount
}

/* What they have in each program, by its type. */
export async function balancesOf(server, phone_number) {
  const found = ok(await server.api('POST', '/v2/till/identify', { phone_number }))
  return Object.fromEntries(found.accounts.map(({ program, balance }) => [program.type, balance]))
}

/* Somebody with 56 points, of which 30 became a reward of three euros; 5,00 € of cashback; and a
 * credit note of 10,00 €. */
export async function richMember(server, phone) {
  const tier = await addTier(server, {
    name: 'Trois euros de moins',
    points: 30,
    kind: 'amount',
    amount_money: euros(300),
    valid_days: 30,
  })
  const { customerId, accountId } = await member(server, phone, 5600)
  const purse = await addCashback(server)
  await sell(server, 10_000, customerId)
  return {
    customerId,
    purse,
    reward: await takeReward(server, accountId, tier),
    note: await giveNote(server, 1000, customerId),
  }
}
