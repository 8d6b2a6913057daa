/*
 * The server is killed (SIGKILL) at random moments under load. After each restart every credit that
 * was acknowledged must be there; what was not acknowledged is sent again with the same keys, and
 * then every balance must be exactly what was sent: nothing lost, nothing doubled.
 *
 * KILLS (10) tells how often, SEED repeats a run's draws. `make torture` kills 200 times.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Server } from '../support/server.mjs'

const KILLS = Number(process.env.KILLS ?? 10)
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1e6))
const WORKERS = 24
const ACCOUNTS = 16
const FIRST_POINTS = 100000
const LONGEST_MS = 600

let randomState = (SEED % 2147483646) + 1
function draw(n) {
  randomState = (randomState * 48271) % 2147483647
  return randomState % n
}

let server, location, tier, tablet, register
const accounts = []
const operations = []
let sequence = 0

/* Each kind of operation: how it is sent, and what it adds to the account's balance. */
const kinds = {
  accumulate: {
    send: (op) =>
      server.api('POST', `/v2/loyalty/accounts/${op.account.id}/accumulate`, {
        accumulate_points: { points: op.points },
        location_id: location,
        idempotency_key: op.key,
      }),
  },
  take: {
    send: (op) =>
      server.api('POST', '/v2/loyalty/rewards', {
        reward: { loyalty_account_id: op.account.id, reward_tier_id: tier.id },
        idempotency_key: op.key,
      }),
  },
  /* A till's order, and its claim on the counter's tablet. */
  claim: {
    send: async (op) => {
      const order = await server.feed({
        event: 'closed',
        sale_id: op.key,
        closed_at: op.at,
        register,
        currency: 'EUR',
        total: op.points * 100,
        tip: 0,
        tax: 0,
        customer: null,
        lines: [],
        refund_of: null,
      })
      if (order.status !== 200) return order
      return tablet('POST', '/v2/tablet/claims', {
        order_id: order.body.order.id,
        phone_number: op.account.phone,
        idempotency_key: op.key,
      })
    },
  },
}

function nextOperation() {
  const kind = ['accumulate', 'accumulate', 'accumulate', 'claim', 'take'][draw(5)]
  const op = {
    kind,
    key: `${SEED}-${++sequence}`,
    account: accounts[draw(ACCOUNTS)],
    at: new Date().toISOString(),
    points: kind === 'take' ? -tier.points : 1 + draw(9),
    acknowledged: false,
  }
  operations.push(op)
  return op
}

/* True when the server answered; only then is the operation acknowledged. */
async function send(op) {
  const reply = await kinds[op.kind].send(op).catch(() => undefined)
  if (reply === undefined || reply.status === 503) return false
  assert.equal(reply.status, 200, `${op.kind} ${op.key}: ${JSON.stringify(reply.body)}`)
  op.acknowledged = true
  return true
}

async function load(round) {
  while (!round.over && (await send(nextOperation())));
}

async function balanceOf(account) {
  const { status, body } = await server.api('GET', `/v2/loyalty/accounts/${account.id}`)
  assert.equal(status, 200)
  return body.loyalty_account.balance
}

const sum = (list) => list.reduce((total, op) => total + op.points, 0)

/* What was acknowledged is there; of the rest, each may or may not be. */
async function checkAcknowledged() {
  for (const account of accounts) {
    const own = operations.filter((op) => op.account === account)
    const acknowledged = FIRST_POINTS + sum(own.filter((op) => op.acknowledged))
    const open = own.filter((op) => !op.acknowledged)
    const balance = await balanceOf(account)
    const least = acknowledged + sum(open.filter((op) => op.points < 0))
    const most = acknowledged + sum(open.filter((op) => op.points > 0))
    assert.ok(
      balance >= least && balance <= most,
      `${account.id}: ${balance} is not in ${least}..${most}`,
    )
  }
}

async function checkAll() {
  for (const account of accounts) {
    const expected = FIRST_POINTS + sum(operations.filter((op) => op.account === account))
    assert.equal(await balanceOf(account), expected, account.id)
  }
}

async function openAccount(number) {
  const phone = `+3361234${String(5000 + number)}`
  const program = server.demo.merchants[0].programs[0].id
  const made = await server.api('POST', '/v2/loyalty/accounts', {
    loyalty_account: { program_id: program, mapping: { phone_number: phone } },
    idempotency_key: `open-${number}`,
  })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const account = { id: made.body.loyalty_account.id, phone }
  const given = await server.api('POST', `/v2/loyalty/accounts/${account.id}/adjust`, {
    adjust_points: { points: FIRST_POINTS, reason: 'to begin with' },
    idempotency_key: `first-${number}`,
  })
  assert.equal(given.status, 200, JSON.stringify(given.body))
  return account
}

async function killUnderLoad() {
  const round = { over: false }
  const failures = []
  const workers = Array.from({ length: WORKERS }, () =>
    load(round).catch((error) => failures.push(error)),
  )
  await sleep(draw(LONGEST_MS))
  const died = server.end('SIGKILL')
  round.over = true
  await Promise.all([died, ...workers])
  assert.deepEqual(failures, [])
  await server.run()
}

before(async () => {
  server = await Server.start()
  const [shop] = server.demo.merchants
  tier = shop.programs[0].reward_tiers[0]
  location = shop.locations[0].id
  register = shop.locations[0].registers[0].vendor_register
  const own = shop.tablets.find(
    ({ register_id }) => register_id === shop.locations[0].registers[0].id,
  )
  tablet = await server.tablet(own.pairing_code)
  for (let i = 0; i < ACCOUNTS; i++) accounts.push(await openAccount(i))
})
after(() => server?.remove())

test(`${KILLS} kills under load lose nothing and double nothing (seed ${SEED})`, async (t) => {
  let sentAgain = 0
  for (let kill = 0; kill < KILLS; kill++) {
    await killUnderLoad()
    await checkAcknowledged()
    const open = operations.filter((op) => !op.acknowledged)
    sentAgain += open.length
    for (const answered of await Promise.all(open.map(send))) assert.ok(answered)
    await checkAll()
  }
  const audit = JSON.parse(await server.habitue('audit', '--json'))
  assert.equal(audit.differences, 0)
  t.diagnostic(`${operations.length} operations, ${sentAgain} sent again`)
  assert.ok(operations.length > KILLS * WORKERS)
})
