/*
 * Two customers who were one for a while: when one of them is erased, nothing of them is left in what
 * the other one's requests were answered.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readBackup } from '../support/backup.mjs'
import { Server } from '../support/server.mjs'
import { ok } from '../support/story.mjs'

let server

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
})
after(() => server?.remove())

const post = async (path, body) =>
  ok(await server.api('POST', path, { idempotency_key: randomUUID(), ...body }))
const add = async (person) => (await post('/v2/customers', person)).customer.id

test('answers of the time when they were one go with either', async () => {
  const anna = await add({ given_name: 'Anna', phone_number: '+33612345601' })
  const zephyrine = await add({ given_name: 'Zephyrine', email_address: 'zq@removed.example' })
  const { merge } = await post('/v2/customers/merge', {
    customer_id: anna,
    merged_customer_id: zephyrine,
  })
  const owed = { amount_money: { amount: 500, currency: 'EUR' }, customer_id: anna }
  await post('/v2/credit-notes', { credit_note: { ...owed, reason: 'gesture' } })
  await post(`/v2/customers/merges/${merge.id}/undo`, {})
  ok(await server.api('DELETE', `/v2/customers/${zephyrine}`))

  const path = join(server.folder, 'after')
  await server.habitue('backup', path)
  const { idempotency, customer } = await readBackup(path)
  assert.ok(customer.some(({ given_name }) => given_name === 'Anna'))
  const traces = idempotency.filter(({ reply }) => /Zephyrine|zq@removed/.test(reply))
  assert.deepEqual(traces, [])
})
