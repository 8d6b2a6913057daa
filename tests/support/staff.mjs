/*
 * staff — somebody of a shop's team who signs in, and the telephone that makes their codes.
 */
import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { cookieOf } from './cookies.mjs'

/* Tries to sign in; `headers` and `ask` are of use when it worked. */
export async function signInAs(server, { email, password }, more = {}) {
  const { headers: sent = {}, ...told } = more
  const reply = await server.ask('POST', '/v2/session', {
    body: { email, password, ...told },
    headers: sent,
  })
  const headers =
    reply.status === 200 ? { cookie: cookieOf(reply), 'x-habitue-csrf': reply.body.csrf_token } : {}
  return {
    ...reply,
    headers,
    ask: (method, path, body) => server.ask(method, path, { body, headers }),
  }
}

const STEP_MS = 30_000
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/* An authenticator app that was told a secret: RFC 6238, written again for the test. */
export class Authenticator {
  #key
  #used = -1

  constructor(secret) {
    const bits = [...secret].map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, '0'))
    this.#key = Buffer.from(
      bits
        .join('')
        .match(/.{8}/g)
        .map((byte) => parseInt(byte, 2)),
    )
  }

  /* The code of the step a time is in. */
  at(time_ms) {
    const counter = Buffer.alloc(8)
    counter.writeBigUInt64BE(BigInt(Math.floor(time_ms / STEP_MS)))
    const digest = createHmac('sha1', this.#key).update(counter).digest()
    const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff
    return String(number % 1_000_000).padStart(6, '0')
  }

  /* A code that was not given before. A server takes those of the step before and after, too, so that
   * three can follow each other at once. */
  async next() {
    const now = () => Math.floor(Date.now() / STEP_MS)
    const step = Math.max(this.#used + 1, now() - 1)
    while (step > now() + 1) await sleep(100)
    this.#used = step
    return this.at(step * STEP_MS)
  }
}
