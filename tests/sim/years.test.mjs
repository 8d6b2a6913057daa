/*
 * Seeded years of three merchants on one server: a bakery with points, a salon with stamps, a shop
 * with cashback. Every week people buy, take, use, give back and get money back; messages come more
 * than once and out of sequence, and the server is killed while it is told things, which are then
 * told again. At the end of each week all that can be seen is what the model of the rules says, and
 * at the end of the year what the shops owe, and the audit.
 *
 * SEED (1) tells which years they are, WEEKS (26) how long they last.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Play } from '../model/play.mjs'
import { Random } from '../model/random.mjs'
import { Shop } from '../model/shop.mjs'
import { MAKE, WEEK_MS } from '../model/steps.mjs'

const SEED = Number(process.env.SEED ?? 1)
const WEEKS = Number(process.env.WEEKS ?? 26)
const STEPS = 5

const plain = { minimum: 0, ripenDays: 0, onRefund: 'owed', limits: {} }
const spend = (points, amount) => ({ kind: 'SPEND', points, amount, scope: [] })
const visit = (points, amount = 0) => ({ kind: 'VISIT', points, amount, scope: [] })
const PROGRAMS = [
  [
    {
      ...plain,
      type: 'points',
      rules: [spend(1, 100), { kind: 'CATEGORY', points: 2, scope: [{ category: 1 }] }],
      minimum: 100,
      expiryDays: 120,
      limits: { perDay: 60, cooldownMinutes: 5 },
    },
  ],
  [{ ...plain, type: 'stamps', rules: [visit(1, 500)], expiryDays: 180, onRefund: 'to_zero' }],
  [
    { ...plain, type: 'points', rules: [visit(1)], expiryDays: 30 },
    { ...plain, type: 'cashback', rules: [spend(5, 100)], expiryDays: 60, ripenDays: 14 },
  ],
]
/* What happens in a shop, and how often; a shop without Square tells no payments. */
const LIFE = {
  buy: 30,
  claim: 26,
  refund: 12,
  cancel: 2,
  early: 2,
  adjust: 2,
  take: 14,
  use: 8,
  putBack: 3,
  giveUp: 4,
  spend: 6,
  note: 2,
  promote: 1,
  repeat: 5,
  killed: 3,
}

let shops
before(async () => (shops = await Shop.openAll()))
after(() => shops?.[0].close())

test(`${WEEKS} weeks of three merchants, with crashes, are as the model says (seed ${SEED})`, async (t) => {
  const random = new Random(SEED)
  const plays = shops.map((shop) => new Play(shop))
  for (const [i, play] of plays.entries()) await play.begin(PROGRAMS[i])
  const done = {}
  for (let week = 0; week < WEEKS; week++) {
    for (const play of plays) {
      for (let i = 0; i < STEPS; i++) {
        const does = random.pickName(LIFE)
        done[does] = (done[does] ?? 0) + 1
        await play.act({ does, ...MAKE[does](random) })
      }
    }
    /* Before and after: what is due by then is done. */
    for (const play of plays) await play.compare()
    await shops[0].pass(WEEK_MS + random.below(1000) * 60000)
    for (const play of plays) {
      play.model.pass(shops[0].now)
      await play.compare()
    }
  }
  for (const play of plays) {
    await play.end()
    assert.ok(play.model.orders.length > WEEKS)
  }
  t.diagnostic(JSON.stringify(done))
  assert.ok(done.killed > 0)
})
