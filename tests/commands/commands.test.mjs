/* The command line, on each engine: what it changes, what it refuses, and what it says. */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { cookieOf } from '../support/cookies.mjs'
import { HABITUE, Server } from '../support/server.mjs'

const run = promisify(execFile)
const SHOP = ['--merchant', 'Le Fournil']
let server, other

/* Runs a command on a server's database; gives { status, stdout, stderr }, whatever it did. */
function habitue(on, args, input = '') {
  return new Promise((done) => {
    const child = spawn(HABITUE, [...args, ...on.settings()])
    const told = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'])
      child[name].on('data', (bytes) => (told[name] += bytes))
    child.on('close', (status) => done({ status, ...told }))
    /* A command that is refused may be gone before it reads. */
    child.stdin.on('error', (error) => assert.equal(error.code, 'EPIPE'))
    child.stdin.end(input)
  })
}

const signIn = (email, password) => server.ask('POST', '/v2/session', { body: { email, password } })

before(async () => {
  server = await Server.start({ args: ['--seal-every-s', '1'] })
  other = await Server.create({ empty: true })
})
after(async () => {
  await server?.remove()
  await other?.remove()
})

test('a demo is made in an empty database only', async () => {
  const again = await habitue(server, ['demo', '--json'])
  assert.equal(again.status, 1)
  assert.equal(again.stdout, '')
  assert.match(again.stderr, /3 merchants/)
})

test('the demo has what scripts need', () => {
  const [shop] = server.demo.merchants
  assert.equal(server.demo.merchants.length, 3)
  assert.equal(shop.programs[0].type, 'points')
  assert.ok(shop.programs[0].reward_tiers.length >= 2)
  assert.deepEqual(
    shop.staff.map(({ role }) => role),
    ['owner', 'manager', 'cashier'],
  )
  assert.equal(shop.locations[0].registers.length, 2)
  assert.deepEqual(
    shop.pos.map(({ vendor }) => vendor),
    ['feed', 'square'],
  )
  assert.deepEqual(Object.keys(shop.apps), ['dashboard', 'till', 'tablet', 'app'])
})

test('an unknown flag, command or merchant is named', async () => {
  const flag = await habitue(server, ['audit', '--jason'])
  assert.equal(flag.status, 2)
  assert.match(flag.stderr, /--jason/)
  const command = await habitue(server, ['adit'])
  assert.notEqual(command.status, 0)
  assert.match(command.stderr, /adit/)
  const merchant = await habitue(server, ['user', 'list', '--merchant', 'Nobody'])
  assert.equal(merchant.status, 1)
  assert.match(merchant.stderr, /Nobody/)
})

test('somebody added may sign in, with a changed password only with that, removed not at all', async () => {
  const email = 'ana@fournil.example'
  const add = ['user', 'add', ...SHOP, '--email', email, '--name', 'Ana', '--role', 'manager']
  assert.equal((await habitue(server, add, 'first-password\n')).status, 0)
  assert.equal((await habitue(server, add, 'first-password\n')).status, 1) // the address is taken
  assert.equal((await signIn(email, 'first-password')).status, 200)

  const change = ['user', 'password', ...SHOP, '--email', email]
  assert.equal((await habitue(server, change, 'short\n')).status, 1)
  assert.equal((await habitue(server, change, 'second-password\n')).status, 0)
  assert.equal((await signIn(email, 'first-password')).status, 401)
  const session = await signIn(email, 'second-password')
  assert.equal(session.status, 200)
  const cookie = cookieOf(session)
  assert.equal((await server.ask('GET', '/v2/session', { headers: { cookie } })).status, 200)

  assert.match((await habitue(server, ['user', 'list', ...SHOP])).stdout, /ana@fournil\.example/)
  assert.equal((await habitue(server, ['user', 'remove', ...SHOP, '--email', email])).status, 0)
  assert.equal((await server.ask('GET', '/v2/session', { headers: { cookie } })).status, 401)
  assert.equal((await signIn(email, 'second-password')).status, 401)
  assert.equal((await habitue(server, ['user', 'remove', ...SHOP, '--email', email])).status, 1)
})

test("another merchant's people are out of reach", async () => {
  const theirs = server.demo.merchants[1].staff[0].email
  const remove = await habitue(server, ['user', 'remove', ...SHOP, '--email', theirs])
  assert.equal(remove.status, 1)
  assert.match(
    (await habitue(server, ['user', 'list', '--merchant', 'Salon Nova'])).stdout,
    new RegExp(theirs),
  )
})

test('an API key works from when it is added until it is removed', async () => {
  const token = (await habitue(server, ['key', 'add', ...SHOP, '--name', 'test'])).stdout.trim()
  const ask = () =>
    server.ask('GET', '/v2/locations', {
      headers: { authorization: `Bearer ${token}` },
    })
  assert.equal((await ask()).status, 200)
  const line = (await habitue(server, ['key', 'list', ...SHOP])).stdout
    .split('\n')
    .find((l) => l.includes(' test '))
  assert.equal(
    (await habitue(server, ['key', 'remove', ...SHOP, '--id', line.split(' ')[0]])).status,
    0,
  )
  assert.equal((await ask()).status, 401)
})

async function giveSomePoints() {
  const [shop] = server.demo.merchants
  const made = await server.api('POST', '/v2/loyalty/accounts', {
    loyalty_account: {
      program_id: shop.programs[0].id,
      mapping: { phone_number: '+33612345678' },
    },
    idempotency_key: randomUUID(),
  })
  const { id } = made.body.loyalty_account
  const given = await server.api('POST', `/v2/loyalty/accounts/${id}/accumulate`, {
    accumulate_points: { points: 77 },
    location_id: shop.locations[0].id,
    idempotency_key: randomUUID(),
  })
  assert.equal(given.status, 200)
  return id
}

test('a backup of a running server is restored whole, and audited', async () => {
  const account = await giveSomePoints()
  const path = join(server.folder, 'a.backup')
  assert.equal((await habitue(server, ['backup', path])).status, 0)

  const restored = await habitue(other, ['restore', path])
  assert.equal(restored.status, 0, restored.stderr)
  assert.match(restored.stdout, /agree/)
  assert.equal((await habitue(other, ['restore', path])).status, 1) // no longer empty

  other.demo = server.demo // the same keys open it
  await other.run()
  const { status, body } = await other.api('GET', `/v2/loyalty/accounts/${account}`)
  assert.equal(status, 200)
  assert.equal(body.loyalty_account.balance, 77)
})

test('a damaged backup restores nothing', async () => {
  const path = join(server.folder, 'b.backup')
  assert.equal((await habitue(server, ['backup', path])).status, 0)
  const bytes = await readFile(path)
  bytes[Math.floor(bytes.length / 2)] ^= 1
  await writeFile(path, bytes)
  const empty = await Server.create({ empty: true })
  try {
    assert.equal((await habitue(empty, ['restore', path])).status, 1)
    assert.equal((await habitue(empty, ['demo', '--json'])).status, 0) // it is still empty
  } finally {
    await empty.remove()
  }
})

/* Changes a row behind the program's back. */
async function tamper(db, text) {
  const file = db.startsWith('sqlite:') ? db.slice('sqlite:'.length) : ''
  const script =
    'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()'
  await run(...(file ? ['python3', ['-c', script, file, text]] : ['psql', ['-q', '-c', text, db]]))
}

test('the audit ends with status 1 when a balance was tampered with', async () => {
  await other.end()
  await tamper(
    other.db,
    'UPDATE ledger_account SET balance = balance + 1 WHERE book = 1 AND balance > 0',
  )
  const audit = await habitue(other, ['audit'])
  assert.equal(audit.status, 1)
  assert.match(audit.stdout, /DIFFERS/)
})

/* Waits until nothing is left to seal; gives what `habitue verify` then says. */
async function sealed(on) {
  for (const until = Date.now() + 30000; Date.now() < until; await sleep(200)) {
    const { status, stdout } = await habitue(on, ['verify', '--json'])
    const found = JSON.parse(stdout)
    if (found.unsealed === 0 && found.seals > 0) return { status, found }
  }
  throw new Error('nothing was sealed')
}

test('what is posted is sealed, and verify ends with status 1 when a line was changed', async () => {
  const { status, found } = await sealed(server) // the points of the test of backups, at least
  assert.equal(status, 0)
  assert.equal(found.agrees, true)
  const { hash } = found.merchants[0].last_seal
  assert.equal((await habitue(server, ['verify', '--noted', hash])).status, 0)
  assert.equal((await habitue(server, ['verify', '--noted', found.public_key])).status, 1)
  assert.equal((await habitue(server, ['verify', '--noted', 'abc'])).status, 2)

  await tamper(server.db, 'UPDATE ledger_line SET amount = 2 * amount')
  assert.equal((await habitue(server, ['audit'])).status, 1)
  const verify = await habitue(server, ['verify'])
  assert.equal(verify.status, 1)
  assert.match(verify.stdout, /DIFFERS {2}a transfer or its lines were changed under seal 1/)
})
