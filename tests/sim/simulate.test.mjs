/*
 * A made-up week of a small shop, played through the feed, the tablets and the API: the simulator's
 * own recomputation, the server and the audit must agree about every balance.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { tabletOf } from '../support/callers.mjs'
import { HABITUE, Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'

const ITEMS = ['Bread', 'Coffee', 'Cake', 'Tea, large', 'NONE']
const PRICES = 'item,price_minor\nBread,320\nCoffee,270\nCake,1340\n"Tea, large",45\n'
const ORDERS = 300
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1e6))

/* A small generator of our own: Math.random cannot be given a seed. */
function* numbers(seed) {
  for (let x = (seed % 2147483646) + 1; ;) yield (x = (x * 48271) % 2147483647)
}

function sales() {
  const random = numbers(SEED)
  const draw = (n) => random.next().value % n
  const rows = ['date,time,transaction,item']
  for (let order = 1; order <= ORDERS; order++) {
    const date = `2026-03-0${1 + Math.floor((order * 7) / (ORDERS + 1))}`
    const time = `${String(8 + draw(10)).padStart(2, '0')}:${String(draw(60)).padStart(2, '0')}:00`
    for (let line = 0; line <= draw(4); line++)
      rows.push(`${date},${time},${order},"${ITEMS[draw(ITEMS.length)]}"`)
  }
  return rows.join('\n') + '\n'
}

function simulate(what, ...args) {
  return new Promise((done) => {
    execFile(HABITUE, ['simulate', what, ...args], (error, stdout, stderr) =>
      done({ status: error?.code ?? 0, stdout, stderr }),
    )
  })
}

let server
const paths = {}

before(async () => {
  server = await Server.start()
  const contents = {
    'orders.csv': sales(),
    'prices.csv': PRICES,
    'demo.json': JSON.stringify(server.demo),
  }
  for (const [name, content] of Object.entries(contents)) {
    paths[name] = join(server.folder, name)
    await writeFile(paths[name], content)
  }
})
after(() => server?.remove())

test(`a week of sales: the server, the simulator and the audit agree (seed ${SEED})`, async () => {
  const done = await simulate(
    'pos',
    '--orders',
    paths['orders.csv'],
    '--prices',
    paths['prices.csv'],
    '--demo-json',
    paths['demo.json'],
    '--url',
    server.url,
    '--seed',
    String(SEED),
    '--customers',
    '40',
    '--json',
  )
  assert.equal(done.status, 0, done.stderr)
  const figures = JSON.parse(done.stdout)
  assert.equal(figures.differences, 0)
  assert.ok(figures.orders > ORDERS / 2)
  assert.ok(figures.claims > ORDERS / 3)
  assert.ok(figures.rewards_taken > 0)
  assert.ok(figures.refunds > 0)
  assert.ok(figures.balances === figures.customers && figures.customers > 10)

  const audit = JSON.parse(await server.habitue('audit', '--json'))
  assert.equal(audit.differences, 0)
  assert.ok(audit.transfers >= figures.claims / 2)
})

test('a second run on the same shop is refused with the reason', async () => {
  const done = await simulate(
    'pos',
    '--orders',
    paths['orders.csv'],
    '--prices',
    paths['prices.csv'],
    '--demo-json',
    paths['demo.json'],
    '--url',
    server.url,
  )
  assert.equal(done.status, 1)
  assert.match(done.stderr, /fresh demo/)
})

test('an item without a price is named', async () => {
  const path = join(server.folder, 'other.csv')
  await writeFile(path, '2026-03-01,09:00:00,1,Anchovy\n')
  const done = await simulate(
    'pos',
    '--orders',
    path,
    '--prices',
    paths['prices.csv'],
    '--demo-json',
    paths['demo.json'],
    '--url',
    server.url,
  )
  assert.equal(done.status, 1)
  assert.match(done.stderr, /Anchovy/)
})

test('one order, closed from the command line, waits on its till’s tablet', async () => {
  const [merchant] = server.demo.merchants
  const path = `/v2/tablets/${merchant.tablets[0].id}/pairing-code`
  const headers = { authorization: `Bearer ${merchant.api_key}` }
  const { pairing_code } = ok(await server.ask('POST', path, { body: {}, headers }))
  const tablet = await tabletOf(server, pairing_code.code)

  const where = ['--demo-json', paths['demo.json'], '--url', server.url]
  const done = await simulate('order', '--total', '4321', ...where)
  assert.equal(done.status, 0, done.stderr)
  const { orders } = ok(await server.ask('GET', '/v2/tablet', { headers: tablet.headers }))
  assert.equal(orders.at(-1).total_money.amount, 4321)
})
