/*
 * load — many credits, claims and rewards at once, and what the balances must be after them.
 *
 * Each operation has its key, and is remembered with whether the server acknowledged it. What was
 * acknowledged must be there; what was not is sent again with the same key, and then every balance
 * is exactly the sum of what was sent.
 */
import assert from 'node:assert/strict'

const ACCOUNTS = 16
const FIRST_POINTS = 100000
const sum = (operations) => operations.reduce((total, { points }) => total + points, 0)

export class Load {
  operations = []
  accounts = []
  #server
  #seed
  #state
  #tablet
  #location
  #tier
  #register

  constructor(server, seed) {
    this.#server = server
    this.#seed = seed
    this.#state = (seed % 2147483646) + 1
  }

  /* A number below n. Our own generator: Math.random cannot be given a seed. */
  draw(n) {
    this.#state = (this.#state * 48271) % 2147483647
    return this.#state % n
  }

  /* Pairs a tablet and opens accounts with some points. */
  async open() {
    const [shop] = this.#server.demo.merchants
    const [register] = shop.locations[0].registers
    this.#tier = shop.programs[0].reward_tiers[0]
    this.#location = shop.locations[0].id
    this.#register = register.vendor_register
    const { pairing_code } = shop.tablets.find(({ register_id }) => register_id === register.id)
    this.#tablet = await this.#server.tablet(pairing_code)
    for (let i = 0; i < ACCOUNTS; i++) this.accounts.push(await this.#openAccount(i))
  }

  async #openAccount(number) {
    const phone = `+3361234${String(5000 + number)}`
    const program_id = this.#server.demo.merchants[0].programs[0].id
    const made = await this.#server.api('POST', '/v2/loyalty/accounts', {
      loyalty_account: { program_id, mapping: { phone_number: phone } },
      idempotency_key: `open-${number}`,
    })
    assert.equal(made.status, 200, JSON.stringify(made.body))
    const { id } = made.body.loyalty_account
    const given = await this.#server.api('POST', `/v2/loyalty/accounts/${id}/adjust`, {
      adjust_points: { points: FIRST_POINTS, reason: 'to begin with' },
      idempotency_key: `first-${number}`,
    })
    assert.equal(given.status, 200, JSON.stringify(given.body))
    return { id, phone }
  }

  #sendAccumulate(op) {
    return this.#server.api('POST', `/v2/loyalty/accounts/${op.account.id}/accumulate`, {
      accumulate_points: { points: op.points },
      location_id: this.#location,
      idempotency_key: op.key,
    })
  }

  #sendTake(op) {
    return this.#server.api('POST', '/v2/loyalty/rewards', {
      reward: {
        loyalty_account_id: op.account.id,
        reward_tier_id: this.#tier.id,
      },
      idempotency_key: op.key,
    })
  }

  /* A till's order, and its claim on the counter's tablet. */
  async #sendClaim(op) {
    const order = await this.#server.feed({
      event: 'closed',
      sale_id: op.key,
      closed_at: op.at,
      register: this.#register,
      currency: 'EUR',
      total: op.points * 100,
      tip: 0,
      tax: 0,
      customer: null,
      lines: [],
      refund_of: null,
    })
    if (order.status !== 200) return order
    return this.#tablet('POST', '/v2/tablet/claims', {
      order_id: order.body.order.id,
      phone_number: op.account.phone,
      idempotency_key: op.key,
    })
  }

  #ask(op) {
    if (op.kind === 'take') return this.#sendTake(op)
    return op.kind === 'claim' ? this.#sendClaim(op) : this.#sendAccumulate(op)
  }

  #next() {
    const kind = ['accumulate', 'accumulate', 'accumulate', 'claim', 'take'][this.draw(5)]
    const op = {
      kind,
      key: `${this.#seed}-${this.operations.length + 1}`,
      account: this.accounts[this.draw(ACCOUNTS)],
      at: new Date().toISOString(),
      points: kind === 'take' ? -this.#tier.points : 1 + this.draw(9),
      acknowledged: false,
    }
    this.operations.push(op)
    return op
  }

  /* True when the server did it. A fault, or no answer at all, promises nothing. */
  async #send(op) {
    const reply = await this.#ask(op).catch(() => undefined)
    if (reply === undefined || reply.status >= 500) return false
    assert.equal(reply.status, 200, `${op.kind} ${op.key}: ${JSON.stringify(reply.body)}`)
    op.acknowledged = true
    return true
  }

  /* Sends one operation after the other until one fails or the round is over. */
  async work(round) {
    while (!round.over && (await this.#send(this.#next())));
  }

  /* Runs so many workers until `end` is done; what they found wrong is thrown. */
  async under(workers, end) {
    const round = { over: false }
    const failures = []
    const working = Array.from({ length: workers }, () =>
      this.work(round).catch((error) => failures.push(error)),
    )
    await end(Promise.all(working))
    round.over = true
    await Promise.all(working)
    assert.deepEqual(failures, [])
  }

  /* Sends again what was not acknowledged, with the same keys. Gives how many there were. */
  async sendAgain() {
    const open = this.operations.filter(({ acknowledged }) => !acknowledged)
    for (const done of await Promise.all(open.map((op) => this.#send(op)))) assert.ok(done)
    return open.length
  }

  async #balanceOf({ id }) {
    const { status, body } = await this.#server.api('GET', `/v2/loyalty/accounts/${id}`)
    assert.equal(status, 200)
    return body.loyalty_account.balance
  }

  /* What was acknowledged is there; of the rest, each may or may not be. */
  async checkAcknowledged() {
    for (const account of this.accounts) {
      const own = this.operations.filter((op) => op.account === account)
      const open = own.filter(({ acknowledged }) => !acknowledged)
      const there = FIRST_POINTS + sum(own.filter(({ acknowledged }) => acknowledged))
      const least = there + sum(open.filter(({ points }) => points < 0))
      const most = there + sum(open.filter(({ points }) => points > 0))
      const balance = await this.#balanceOf(account)
      assert.ok(balance >= least && balance <= most, `${balance} is not in ${least}..${most}`)
    }
  }

  /* After sendAgain: nothing is missing, nothing is there twice. */
  async checkAll() {
    for (const account of this.accounts) {
      const own = this.operations.filter((op) => op.account === account)
      assert.equal(await this.#balanceOf(account), FIRST_POINTS + sum(own), account.id)
    }
  }
}
