/*
 * playing — openapi.yaml's operations asked of a real server, each reply held against its schema.
 */
import assert from 'node:assert/strict'
import { OpenApi, fill, fillPath } from './openapi.mjs'

/* What is played by a file of its own, tests/contract/openapi_<tag>.test.mjs; the rest by
 * openapi.test.mjs. */
export const TAGS_APART = ['team', 'rights', 'profile', 'directory', 'imports', 'identity']

export class Player {
  api = new OpenApi()
  played = new Set() // the operations that succeeded

  /* Asks as the first merchant's key, with these ids in the examples. */
  begin(server, ids) {
    Object.assign(this, { server, ids })
    const [merchant] = server.demo.merchants
    this.headers = { authorization: `Bearer ${merchant.api_key}` }
  }

  /* Plays one operation and checks what comes back; gives the reply. */
  async play(id, { body, headers = this.headers, query = '', with: more = {} } = {}) {
    const operation = this.api.operations.find((o) => o.id === id)
    const known = { ...this.ids, ...more }
    const sent = body ?? fill(operation.body?.example, known)
    const reply = await this.server.ask(operation.method, fillPath(operation, known) + query, {
      body: sent,
      headers,
    })
    const wrong = this.api.wrongReply(operation, reply.status, reply.body)
    assert.equal(wrong, '', `${id}: ${JSON.stringify(reply.body)}`)
    if (reply.status === 200) this.played.add(id)
    return reply
  }

  /* The operations of these tags that were not played. */
  leftOut(isOurs) {
    return this.api.operations
      .filter(({ id, tag }) => isOurs(tag) && !this.played.has(id))
      .map(({ id }) => id)
  }
}
