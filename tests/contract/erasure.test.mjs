/*
 * A removed customer is gone: from what the API tells, from replies kept for repeated requests, and
 * on SQLite from the database's file itself.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { tabletOf } from '../support/callers.mjs'
import { Guest } from '../support/guest.mjs'
import { Server } from '../support/server.mjs'
import { ok, sale, slugOf } from '../support/story.mjs'

const PHONE = '+33698765432'
/* By these they could be found again. */
const TRACES = ['698765432', 'Zephyrine', 'Quatrebarbes', 'zq@removed.example', 'Rue du Vieux']
let server, merchant, program

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  merchant = server.demo.merchants[0]
  program = merchant.programs[0].id
})
after(() => server?.remove())

const person = () => ({
  idempotency_key: randomUUID(),
  given_name: 'Zephyrine',
  family_name: 'Quatrebarbes',
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

/* Which traces are in which file of the server's folder; a backup has every row of the database. */
async function findTraces(backup) {
  const found = []
  await server.habitue('backup', join(server.folder, backup))
  for (const name of await readdir(server.folder)) {
    const text = (await readFile(join(server.folder, name))).toString('latin1')
    found.push(...TRACES.filter((trace) => text.includes(trace)).map((trace) => [name, trace]))
  }
  return found
}

test('a removed customer is nowhere in the database, nor in what it is backed up to', async () => {
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
      }),
    ),
  )
  const claim = { order_id: order.id, phone_number: PHONE, idempotency_key: randomUUID() }
  ok(await server.ask('POST', '/v2/tablet/claims', { body: claim, headers: tablet.headers }))
  const guest = new Guest(server, await slugOf(server), { address: { phone_number: PHONE } })
  const { session } = await guest.join({ address: guest.address })
  assert.equal(session.customer.given_name, 'Zephyrine')
  ok(await guest.ask('PUT', '/me', { customer: { family_name: 'Quatrebarbes-Vieux' } }))
  assert.ok((await findTraces('before')).length >= TRACES.length)
  await rm(join(server.folder, 'before'))
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

  await server.end()
  assert.deepEqual(await findTraces('after'), [])
})
