/*
 * What bench/ rests on: the rows that fill.py makes are those of real purchases (the audit agrees
 * with them), and the bare loop knows every statement of the server's own. Nothing is timed.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { Server } from '../support/server.mjs'

const run = promisify(execFile)
const CUSTOMERS = 50
const PURCHASES = 300
let server, path, known

before(async () => {
  server = await Server.create()
  path = server.db.slice('sqlite:'.length)
  const demo = join(server.folder, 'demo.json')
  await writeFile(demo, JSON.stringify(server.demo))
  const told = await run('bench/fill.py', [path, demo, String(CUSTOMERS), String(PURCHASES)])
  known = JSON.parse(told.stdout.replace(/\d{16,}/g, '"$&"')) // ids are larger than JavaScript's numbers
})
after(() => server?.remove())

async function audit() {
  const found = JSON.parse(await server.habitue('audit', '--json'))
  assert.deepEqual(found.sentences, [])
  return found
}

const argumentsOf = (values) =>
  Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)])

test('the books of a filled database agree', async () => {
  const found = await audit()
  assert.equal(found.transfers, PURCHASES)
  assert.equal(found.events, PURCHASES)
  assert.equal(found.loyalty_accounts, CUSTOMERS)
})

test('the bare loop runs the statements of the server, and the books still agree', async () => {
  const { merchant, program, location, accounts } = known
  const told = await run(
    'build/bench/bare_sqlite',
    argumentsOf({
      db: path,
      merchant,
      program,
      location,
      'first-account': known.first_account,
      accounts,
      batch: 10,
      warm: 0,
      seconds: 1,
    }),
  )
  const { done } = JSON.parse(told.stdout)
  assert.ok(done > 0)
  assert.equal((await audit()).transfers, PURCHASES + done)
})

test('the load is accumulated, each request once', async () => {
  const before = (await audit()).transfers
  await server.run()
  const told = await run(
    'build/bench/load',
    argumentsOf({
      host: '127.0.0.1',
      port: server.port,
      key: server.demo.merchants[0].api_key,
      location: server.demo.merchants[0].locations[0].id,
      'first-account': known.first_account,
      accounts: known.accounts,
      'first-order': 0,
      orders: 0,
      connections: 8,
      seconds: 1,
      rate: 200,
    }),
  )
  const { requests, failed } = JSON.parse(told.stdout)
  assert.equal(failed, 0)
  assert.ok(requests > 0)
  assert.equal((await audit()).transfers, before + requests)
})

/* bench/programs.py on this database: three programs, five promotions, orders that wait. */
const PREPARE = `
import json, sys
sys.path.insert(0, "bench")
from programs import OrderShop

class Shop:
    pass

shop = Shop()
shop.folder, shop.path = sys.argv[1], sys.argv[2]
shop.demo = json.load(open(sys.argv[3], encoding="utf-8"))
shop.known = json.loads(sys.argv[4])
print(OrderShop(shop, int(sys.argv[5])).first_order)
`

test('orders are accumulated in three programs, each once, and the books still agree', async () => {
  const ORDERS = 40
  await server.end()
  const asNumbers = JSON.stringify(known).replace(/"(\d{16,})"/g, '$1')
  const demo = join(server.folder, 'demo.json')
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }
  const prepare = ['-c', PREPARE, server.folder, path, demo, asNumbers, String(ORDERS)]
  const { stdout } = await run('python3', prepare, { env })
  const before = await audit()
  await server.run()
  const told = await run(
    'build/bench/load',
    argumentsOf({
      host: '127.0.0.1',
      port: server.port,
      key: server.demo.merchants[0].api_key,
      location: server.demo.merchants[0].locations[0].id,
      'first-account': known.first_account,
      accounts: known.accounts,
      'first-order': stdout.trim(),
      orders: ORDERS,
      connections: 4,
      seconds: 30,
      rate: 0,
    }),
  )
  const { requests, failed } = JSON.parse(told.stdout)
  assert.deepEqual([requests, failed], [ORDERS, 0])
  const after = await audit()
  assert.equal(after.earnings - before.earnings, 3 * ORDERS)
})
