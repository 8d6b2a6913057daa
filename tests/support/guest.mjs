/*
 * guest — a customer with a telephone in the app of a shop. The server has to be a demo (--demo 1),
 * where the guest reads the codes that are on their way.
 */
import assert from 'node:assert/strict'
import { cookieOf } from './cookies.mjs'
import { OpenApi } from './openapi.mjs'
import { ok } from './story.mjs'

const api = new OpenApi()
let guests = 0

/* A number that no other guest of this process has. */
export const newPhone = () => `+336${String(10_000_000 + ++guests).padStart(8, '0')}`

export class Guest {
  /* place: headers of every request, for servers behind a proxy that says where one asks from. */
  constructor(server, shop, { address = { phone_number: newPhone() }, place = {} } = {}) {
    Object.assign(this, { server, shop, address, place, headers: place })
  }

  /*
   * Asks at the shop's part of the API, as whoever this is signed in as. Fails when the reply is not
   * as openapi.yaml says.
   */
  async ask(method, path, body) {
    const address = `/v2/app/${this.shop}${path}`
    const reply = await this.server.ask(method, address, { body, headers: this.headers })
    const operation = api.find(method, address)
    if (!reply.headers.get('content-type').startsWith('application/json')) return reply
    const wrong = api.wrongReply(operation, reply.status, reply.body)
    assert.equal(wrong, '', `${method} ${path}: ${JSON.stringify(reply.body)}`)
    return reply
  }

  sendCode(more = {}) {
    return this.ask('POST', '/codes', { ...this.address, ...more })
  }

  /* The newest message to this guest's address. */
  async lastMessage() {
    const { messages } = ok(await this.server.ask('GET', '/v2/demo/messages'))
    return messages.find((message) => Object.values(this.address).includes(message.address))
  }

  async lastCode() {
    return /\b\d{6}\b/.exec((await this.lastMessage()).body)[0]
  }

  /* Sends a code and gives what the message says. */
  async code() {
    ok(await this.sendCode())
    return this.lastCode()
  }

  /* The notice as a new customer agrees to it. */
  async consent() {
    const { notice } = ok(await this.ask('GET', ''))
    return { notice_version: notice.version, language: notice.language }
  }

  /* Keeps what a reply that signs in gave, as a browser does; gives its body. */
  keep(reply) {
    const { csrf_token } = ok(reply)
    this.cookie = cookieOf(reply)
    this.headers = { ...this.place, cookie: this.cookie, 'x-habitue-csrf': csrf_token }
    return reply.body
  }

  /* Joins as somebody new, or signs in again with the address that is given. */
  async join({ address = { phone_number: newPhone() }, ...more } = {}) {
    this.headers = this.place
    this.address = address
    const body = { ...address, code: await this.code(), consent: await this.consent(), ...more }
    return this.keep(await this.ask('POST', '/session', body))
  }
}
