/*
 * A removed customer is gone: from what the API tells, from replies kept for repeated requests, from
 * every personal column there is, from the logs, on SQLite from the database's file itself, and from
 * a backup that is restored after.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { readBackup } from '../support/backup.mjs'
import { tabletOf } from '../support/callers.mjs'
import { Guest } from '../support/guest.mjs'
import { Server } from '../support/server.mjs'
import { ok, sale, slugOf } from '../support/story.mjs'

const PHONE = '+33698765432'
/* By these they could be found again. */
const TRACES = ['698765432', 'Zephyrine', 'Quatrebarbes', 'zq@removed.example', 'Rue du Vieux']
/* Tables of staff; and what another test fills: Square’s payments, merges, lists, words on what is unusual. */
const STAFF = /^(team_|email_change|second_factor|password_link)/
const TESTED_ELSEWHERE = /^(order_payment\.card_hash|customer_merge_person\.|bulk_|suspicion\.word)/
let server, restored, merchant, program

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  restored = await Server.create({ empty: true })
  merchant = server.demo.merchants[0]
  program = merchant.programs[0].id
})
after(async () => {
  await server?.remove()
  await restored?.remove()
})

const person = () => ({
  idempotency_key: randomUUID(),
  given_name: 'Zephyrine',
  family_name: 'Quatrebarbes',
  company_name: 'Quatrebarbes SARL',
  nickname: 'Zephyrine Z',
  birthday: '1977-07-17',
  email_address: 'zq@removed.example',
  phone_number: PHONE,
  address: { address_line_1: 'Rue du Vieux' },
  note: 'Zephyrine prefers the window. '.repeat(60),
})
const enrolment = () => ({
  idempotency_key: randomUUID(),
  loyalty_account: { program_id: program, mapping: { phone_number: PHONE } },
})
const gift = () => ({
  idempotency_key: randomUUID(),
  adjust_points: { points: 7, reason: 'Zephyrine fell on the stairs' },
})
const gesture = (customer_id) => ({
  idempotency_key: randomUUID(),
  credit_note: {
    amount_money: { amount: 500, currency: 'EUR' },
    customer_id,
    reason: 'gesture',
    note: 'Zephyrine waited an hour',
  },
})

/* Which traces are in which file of a server's folder, and in which table's rows. */
async function findTraces(of, backup) {
  const found = []
  await of.habitue('backup', join(of.folder, backup))
  for (const name of await readdir(of.folder)) {
    if (name === 'before') continue
    const text = (await readFile(join(of.folder, name))).toString('latin1')
    found.push(...TRACES.filter((trace) => text.includes(trace)).map((trace) => [name, trace]))
  }
  return found
}

/* The columns that the migrations call personal: ["customer", "email"] … */
async function personalColumns() {
  const folder = 'src/db/migrations'
  const columns = []
  for (const name of (await readdir(folder)).sort()) {
    let table
    for (const line of (await readFile(join(folder, name), 'utf8')).split('\n')) {
      table = /^(?:CREATE|ALTER) TABLE (\w+)/.exec(line)?.[1] ?? table
      if (!/-- personal\b/.test(line) || STAFF.test(table)) continue
      columns.push([table, /(?:ADD COLUMN |^ +)(\w+) +(?:TEXT|BYTEA|BIGINT)/.exec(line)[1]])
    }
  }
  return columns
}

/* How often each personal column tells anything of the person. Bytes are hashes, and nobody else is
 * written to: all of these count. */
async function countPersonal(path) {
  const tables = await readBackup(path)
  const counts = {}
  for (const [table, column] of await personalColumns()) {
    const values = tables[table].map((row) => row[column]).filter((value) => value)
    const tells = (value) =>
      table === 'outbox_message' ||
      /^[0-9a-f]{32,}$/.test(value) ||
      value === '1977-07-17' ||
      (column === 'birth_month' && value === 7n) ||
      TRACES.some((trace) => String(value).toLowerCase().includes(trace.toLowerCase()))
    counts[`${table}.${column}`] = values.filter(tells).length
  }
  return counts
}

/* All that a customer of this shop can leave behind. */
async function live() {
  const create = person()
  const enrol = enrolment()
  const give = gift()
  const { customer } = ok(await server.api('POST', '/v2/customers', create))
  const { loyalty_account: account } = ok(await server.api('POST', '/v2/loyalty/accounts', enrol))
  const adjust = `/v2/loyalty/accounts/${account.id}/adjust`
  ok(await server.api('POST', adjust, give))
  const owe = gesture(customer.id)
  const { credit_note } = ok(await server.api('POST', '/v2/credit-notes', owe))
  const tablet = await tabletOf(server, merchant.tablets[0].pairing_code)
  const { order } = ok(
    await server.feed(
      sale(merchant.locations[0].registers[0].vendor_register, 1500, {
        customer: { external_id: 'Q', phone: PHONE, email: 'zq@removed.example' },
        card: { fingerprint: 'zephyrines-card', brand: 'VISA', last_4: '4242' },
      }),
    ),
  )
  const claim = {
    order_id: order.id,
    phone_number: PHONE,
    consent: { card_link: true },
    idempotency_key: randomUUID(),
  }
  ok(await server.ask('POST', '/v2/tablet/claims', { body: claim, headers: tablet.headers }))
  const guest = new Guest(server, await slugOf(server), { address: { phone_number: PHONE } })
  const { session } = await guest.join({ address: guest.address })
  assert.equal(session.customer.given_name, 'Zephyrine')
  ok(await guest.ask('PUT', '/me', { customer: { family_name: 'Quatrebarbes-Vieux' } }))
  const byMail = new Guest(server, guest.shop, { address: { email_address: 'zq@removed.example' } })
  ok(await byMail.sendCode())
  return { customer, account, credit_note, requests: { create, enrol, adjust, give, owe } }
}

/* The journal's file, once the erasure is in it. */
async function journal() {
  const path = join(server.folder, 'habitue.erased')
  for (const until = Date.now() + 15000; Date.now() < until; await sleep(100)) {
    const text = await readFile(path, 'utf8').catch(() => '')
    if (text.endsWith('\n')) return path
  }
  throw new Error(`nothing is in ${path}`)
}

test('a removed customer is nowhere: database, kept replies, logs, and a backup from before', async () => {
  const { customer, account, credit_note, requests } = await live()
  const { create, enrol, adjust, give, owe } = requests
  await server.habitue('backup', join(server.folder, 'before'))
  const had = await countPersonal(join(server.folder, 'before'))
  for (const [column, count] of Object.entries(had))
    assert.ok(count > 0 || TESTED_ELSEWHERE.test(column), `nothing of them was in ${column}`)
  ok(await server.api('DELETE', `/v2/customers/${customer.id}`))

  /* A late repeat neither tells what was, nor does it again. */
  for (const [path, body] of [
    ['/v2/customers', create],
    ['/v2/loyalty/accounts', enrol],
    [adjust, give],
    ['/v2/credit-notes', owe],
  ]) {
    const reply = await server.api('POST', path, body)
    assert.deepEqual([reply.status, reply.body.errors?.[0].code], [404, 'REPLY_REMOVED'], path)
  }
  const { balance } = ok(
    await server.api('GET', `/v2/loyalty/accounts/${account.id}`),
  ).loyalty_account
  assert.equal(balance, 7 + 15)
  /* What the shop owes it owes to whoever has the code. */
  const note = ok(await server.api('GET', `/v2/credit-notes/${credit_note.id}`)).credit_note
  assert.deepEqual([note.balance_money.amount, note.note], [500, undefined])

  /* While the server works; on SQLite its log is looked at, too. */
  await server.habitue('rewrite')
  assert.deepEqual(await findTraces(server, 'after'), [])
  const has = await countPersonal(join(server.folder, 'after'))
  assert.deepEqual(
    Object.entries(has).filter(([, count]) => count > 0),
    [],
  )
  assert.match(await server.habitue('audit'), /agree with the ledger/)
  for (const trace of TRACES) assert.ok(!server.log.includes(trace), `${trace} is in the log`)

  /* A backup made before the erasure is restored with the journal of after. */
  const told = await restored.habitue(
    'restore',
    join(server.folder, 'before'),
    '--journal',
    await journal(),
  )
  assert.match(told, /Erased again 1 of \d+ customers/)
  assert.match(told, /agree with the ledger/)
  assert.deepEqual(await findTraces(restored, 'again'), [])
})

test('the journal tells nothing of anybody, and is in each backup from then on', async () => {
  const text = await readFile(await journal(), 'utf8')
  assert.match(text, /^\S+Z mer_\w{13} [0-9a-f]{64}\n$/)
  const hash = text.trim().split(' ')[2]
  for (const [of, name] of [
    [server, 'after'],
    [restored, 'again'],
  ]) {
    const { erasure } = await readBackup(join(of.folder, name))
    assert.deepEqual(
      erasure.map((row) => row.hash),
      [hash],
    )
  }
})

test('a restore without a journal says so; with one that is none it restores nothing', async () => {
  const other = await Server.create({ empty: true })
  try {
    const file = join(server.folder, 'after')
    await assert.rejects(
      other.habitue('restore', file, '--journal', join(other.folder, 'nowhere')),
      /nothing was restored/,
    )
    assert.match(await other.habitue('restore', file), /There is no journal/)
  } finally {
    await other.remove()
  }
})

test('a journal that was lost is written anew when the server starts', async () => {
  const path = await journal()
  const text = await readFile(path, 'utf8')
  await server.end()
  await unlink(path)
  await server.run()
  assert.equal(await readFile(await journal(), 'utf8'), text)
})
