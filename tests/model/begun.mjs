/*
 * begun — a shop and its model at the beginning of a life, alike; and what can be seen of both. See
 * play.mjs.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { article } from '../support/story.mjs'
import { dayOf } from './days.mjs'
import { Loyalty } from './loyalty.mjs'
import { asProgram, asTier, scopeIn } from './told.mjs'

const CUSTOMERS = 3
const SETTLED_WITHIN_MS = 30_000
const CATEGORIES = ['Pains', 'Boissons']
/* Two of each category. */
const ARTICLES = ['Baguette', 'Brioche', 'Café', 'Thé']
const TIERS = [
  { points: 3 },
  { points: 10, validDays: 2 },
  { points: 15, kind: 'credit', amount: 250 },
  { points: 20, stock: 3, perCustomer: 2 },
]

export class Begun {
  model = new Loyalty()

  constructor(shop) {
    this.shop = shop
  }

  async must(asking) {
    const reply = await asking
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    return reply.body
  }

  /* The accounts of the main program; and those that the shop has told us of. */
  get members() {
    return this.model.accounts.filter(({ program }) => program === this.model.programs[0])
  }

  get accounts() {
    return this.model.accounts.filter(({ id }) => id !== undefined)
  }

  /* The shop's programs are these, the first in place of the demo's. */
  async begin([main, ...others]) {
    const { shop, model } = this
    model.pass(shop.now)
    this.firstDay = dayOf(shop.now)
    this.location = shop.merchant.locations[0]
    this.register = this.location.registers[0].vendor_register
    this.goods = await this.#stock()
    await this.#replace(main)
    for (const told of others) await this.#add(told)
    for (let i = 1; i <= CUSTOMERS; i++) {
      const { loyalty_account } = await shop.post('/v2/loyalty/accounts', {
        loyalty_account: {
          program_id: model.programs[0].id,
          mapping: { phone_number: `+3361200000${i}` },
        },
      })
      const account = model.openAccount(i, model.programs[0])
      Object.assign(account, { id: loyalty_account.id, customerId: loyalty_account.customer_id })
    }
    await shop.tick()
  }

  rulesIn(program) {
    const rules = program.rules.map((rule) => ({ ...rule, scope: scopeIn(this.goods, rule.scope) }))
    return { ...program, rules }
  }

  /* { categories: ids, articles: [{ name, variation, category }] } */
  async #stock() {
    const add = async (object) =>
      (await this.shop.post('/v2/catalog/object', { object: { id: '#new', ...object } }))
        .catalog_object
    const categories = []
    for (const name of CATEGORIES)
      categories.push((await add({ type: 'CATEGORY', category_data: { name } })).id)
    const articles = []
    for (const [i, name] of ARTICLES.entries()) {
      const category = categories[Math.floor(i / 2)]
      const told = article(`Modèle ${name}`, 100)
      told.item_data.category_id = category
      const { item_data } = await add(told)
      articles.push({ name: item_data.name, variation: item_data.variations[0].id, category })
    }
    return { categories, articles }
  }

  #known(told, program) {
    const tiers = TIERS.map((tier) => {
      const { id } = program.reward_tiers.find(({ points }) => points === tier.points)
      return { ...tier, id }
    })
    const { id } = program
    const path = `/v2/loyalty/programs/${id}`
    Object.assign(this.model.addProgram({ ...this.rulesIn(told), tiers }), { id, path })
  }

  /* Tells the shop what the model's program is now. */
  change(program) {
    return this.must(this.shop.api('PUT', program.path, { program: asProgram(program) }))
  }

  async #replace(told) {
    const { shop } = this
    const path = `/v2/loyalty/programs/${shop.merchant.programs[0].id}`
    const { program } = await shop.get(path)
    for (const { id } of program.reward_tiers)
      await this.must(shop.api('DELETE', `${path}/tiers/${id}`))
    for (const tier of TIERS) await shop.post(`${path}/tiers`, { tier: asTier(tier) })
    await this.must(shop.api('PUT', path, { program: asProgram(this.rulesIn(told)) }))
    this.#known(told, (await shop.get(path)).program)
  }

  async #add(told) {
    const { program } = await this.shop.post('/v2/loyalty/programs', {
      program: {
        ...asProgram(this.rulesIn(told)),
        name: told.type,
        type: told.type,
        terminology: { one: 'unité', other: 'unités' },
        reward_tiers: TIERS.map(asTier),
      },
      idempotency_key: randomUUID(),
    })
    this.#known(told, program)
  }

  /* ---- what can be seen ---- */
  async #all(kind, member) {
    const found = []
    let cursor
    do {
      const asking = this.shop.api('POST', `/v2/loyalty/${kind}/search`, { limit: 30, cursor })
      const page = await this.must(asking)
      found.push(...page[member])
      ;({ cursor } = page)
    } while (cursor)
    return found
  }

  #nameOf(account) {
    return `${account.customer} in ${this.model.programs.indexOf(account.program)}`
  }

  /* Whose account the shop opened by itself is told by its customer and program. */
  #recognise({ id, customer_id, program_id }) {
    const member = this.members.find(({ customerId }) => customerId === customer_id)
    const program = this.model.programs.find((one) => one.id === program_id)
    const account = this.model.accountOf(member?.customer, program)
    if (account) Object.assign(account, { id, customerId: customer_id })
    return account ? this.#nameOf(account) : id
  }

  async #seenAccounts() {
    const seen = {}
    for (const one of await this.#all('accounts', 'loyalty_accounts')) {
      const deadlines = {}
      for (const { points, expires_at } of one.expiring_point_deadlines ?? [])
        deadlines[expires_at] = (deadlines[expires_at] ?? 0) + points
      const pending = {}
      for (const { points, ripe_at } of one.pending ?? [])
        pending[ripe_at] = (pending[ripe_at] ?? 0) + points
      const { balance, lifetime_points: lifetime } = one
      seen[this.#recognise(one)] = { balance, lifetime, deadlines, pending }
    }
    return seen
  }

  async #seenNotes() {
    const seen = {}
    for (const { customerId } of this.members) {
      const query = { filter: { customer_id: customerId } }
      const asking = this.shop.api('POST', '/v2/credit-notes/search', { query })
      for (const note of (await this.must(asking)).credit_notes) {
        /* Which one a reward became is told by the reward. */
        const made = this.model.notes.find(({ id, reward }) => !id && reward?.id === note.reward_id)
        if (made && !this.model.notes.some(({ id }) => id === note.id)) made.id = note.id
        seen[note.id] = note.ended_at ? 'ended' : note.balance_money.amount
      }
    }
    return seen
  }

  async #seen() {
    const rewards = await this.#all('rewards', 'rewards')
    return {
      accounts: await this.#seenAccounts(),
      rewards: Object.fromEntries(
        rewards.map(({ id, status, expired_at }) => [id, expired_at ? 'EXPIRED' : status]),
      ),
      notes: await this.#seenNotes(),
    }
  }

  #wanted() {
    const { model } = this
    return {
      accounts: Object.fromEntries(
        model.accounts.map((one) => [this.#nameOf(one), model.viewOf(one)]),
      ),
      rewards: Object.fromEntries(
        model.rewards.map(({ id, status, expired }) => [id, expired ? 'EXPIRED' : status]),
      ),
      notes: Object.fromEntries(
        model.notes.map(({ id, ended, balance }) => [id, ended ? 'ended' : balance]),
      ),
    }
  }

  /* Jobs need a moment to notice that time has passed. */
  async compare() {
    for (const until = Date.now() + SETTLED_WITHIN_MS; ; await sleep(10)) {
      const seen = await this.#seen()
      try {
        assert.deepEqual(seen, this.#wanted())
        return
      } catch (error) {
        if (Date.now() > until) throw error
      }
    }
  }

  /* What the shop owes is what the model counted; and the audit agrees. */
  async end() {
    const query = `from=${this.firstDay}&to=${dayOf(this.shop.now)}`
    const { programs } = await this.shop.get(`/v2/insight/liability?${query}`)
    for (const program of this.model.programs) {
      const told = programs.find(({ program_id }) => program_id === program.id)
      assert.deepEqual(
        this.#figuresOf(told),
        this.#flowsOf(program),
        `liability of ${program.type}`,
      )
    }
    const audit = JSON.parse(await this.shop.server.habitue('audit', '--json'))
    assert.equal(audit.differences, 0, JSON.stringify(audit))
  }

  #figuresOf({ opening, issued, redeemed, expired, returned, adjusted, closing }) {
    assert.equal(opening + issued - redeemed - expired - returned + adjusted, closing)
    return { issued, redeemed, expired, returned, adjusted, closing }
  }

  #flowsOf(program) {
    const total = { issued: 0, redeemed: 0, expired: 0, returned: 0, adjusted: 0, closing: 0 }
    for (const account of this.model.accounts) {
      if (account.program !== program) continue
      for (const [name, points] of Object.entries(account.flows)) total[name] += points
      total.closing += account.balance
    }
    return total
  }
}
