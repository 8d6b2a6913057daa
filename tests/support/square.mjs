/*
 * square — Square's official SDK with its base URL pointed at a Habitué of its own, and a check of
 * every reply against openapi.yaml.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import square from 'square'
import { OpenApi } from './openapi.mjs'
import { Server } from './server.mjs'

const { SquareClient, SquareError } = square
const api = new OpenApi()

/* fetch, which also checks what comes back. */
async function checkedFetch(address, options) {
  const reply = await fetch(address, options)
  const operation = api.find(options.method, address)
  assert.ok(operation, `${options.method} ${address} is not described`)
  const text = await reply.clone().text()
  assert.equal(
    api.wrongReply(operation, reply.status, JSON.parse(text)),
    '',
    `${operation.id}: ${text}`,
  )
  return reply
}

export const key = () => randomUUID()
let phones = 0
export const phone = () => `+336120000${String(++phones).padStart(2, '0')}`

/* Fails unless the call is refused with this status, and this code and field first. */
export async function refused(call, status, code, field) {
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof SquareError, String(error))
    assert.equal(error.statusCode, status)
    assert.equal(error.errors[0].code, code)
    assert.equal(error.errors[0].field, field)
    assert.ok(error.errors[0].detail.length > 0)
    return true
  })
}

/* A running server, its first merchant, and the SDK's client for it. */
export class SquareWorld {
  async start() {
    this.server = await Server.start()
    this.merchant = this.server.demo.merchants[0]
    this.program = this.merchant.programs[0]
    this.location = this.merchant.locations[0]
    this.client = this.clientOf(this.merchant.api_key)
  }

  stop() {
    return this.server?.remove()
  }

  clientOf(token) {
    return new SquareClient({ token, baseUrl: this.server.url, fetch: checkedFetch, maxRetries: 0 })
  }

  async newAccount() {
    const mapping = { phoneNumber: phone() }
    const reply = await this.client.loyalty.accounts.create({
      loyaltyAccount: { programId: this.program.id, mapping },
      idempotencyKey: key(),
    })
    return reply.loyaltyAccount
  }

  async accountWith(points) {
    const account = await this.newAccount()
    await this.client.loyalty.accounts.accumulatePoints({
      accountId: account.id,
      accumulatePoints: { points },
      idempotencyKey: key(),
      locationId: this.location.id,
    })
    return account
  }

  async balanceOf(accountId) {
    const { loyaltyAccount } = await this.client.loyalty.accounts.get({ accountId })
    return loyaltyAccount.balance
  }
}
