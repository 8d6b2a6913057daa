/*
 * openapi — openapi/openapi.yaml as tests use it: its operations, examples filled with real ids, and
 * a check of real replies against the schemas, closed: a field that is not described is a failure.
 */
import Ajv from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

const METHODS = ['get', 'post', 'put', 'delete']
const json = 'application/json'

/* Objects in replies have the described fields and no others. */
function close(node) {
  if (Array.isArray(node)) return node.map(close)
  if (typeof node !== 'object' || node === null) return node
  const closed = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, close(value)]))
  if (closed.type === 'object' && closed.properties) closed.additionalProperties ??= false
  return closed
}

export class OpenApi {
  constructor(path = 'openapi/openapi.yaml') {
    this.document = parse(readFileSync(path, 'utf8'))
    this.#replies.addSchema(close(this.document), 'api')
    this.#requests.addSchema(this.document, 'api')
    this.operations = Object.entries(this.document.paths).flatMap(([place, item]) =>
      METHODS.filter((method) => item[method]).map((method) =>
        this.#operation(place, item, method),
      ),
    )
  }

  #replies = new Ajv({ strict: false, allErrors: true })
  #requests = new Ajv({ strict: false, allErrors: true })

  /* What a $ref names; anything else is itself. */
  deref(node) {
    if (node?.$ref === undefined) return node
    return node.$ref
      .slice(2)
      .split('/')
      .reduce((at, name) => at[name], this.document)
  }

  #operation(path, item, method) {
    const described = item[method]
    const parameters = [...(item.parameters ?? []), ...(described.parameters ?? [])].map((p) =>
      this.deref(p),
    )
    return {
      id: described.operationId,
      tag: described.tags[0],
      method: method.toUpperCase(),
      path,
      needs: described['x-needs'],
      query: parameters
        .filter((p) => p.in === 'query' && p.required)
        .map((p) => [p.name, p.example]),
      body: described.requestBody?.content[json],
      replies: described.responses,
      isStream: described.responses['200']?.$ref?.endsWith('/Stream') ?? false,
      matches: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
    }
  }

  /* The operation that answers this request, or undefined. Fixed paths go before those with ids. */
  find(method, address) {
    const { pathname } = new URL(address, 'http://test')
    const found = this.operations.filter((o) => o.method === method && o.matches.test(pathname))
    return found.find((o) => o.path === pathname) ?? found[0]
  }

  /* What is wrong with a reply, in words; '' when it is as described. */
  wrongReply(operation, status, body) {
    const reply = this.deref(operation.replies[status] ?? operation.replies.default)
    const schema = reply?.content?.[json]?.schema
    if (!schema) return `no reply ${status} in JSON is described`
    return this.#wrong(this.#replies, schema, body)
  }

  wrongRequest(operation, body) {
    return this.#wrong(this.#requests, operation.body.schema, body)
  }

  /* The same of one of the schemas by its name. */
  wrong(name, value) {
    return this.#wrong(this.#replies, this.document.components.schemas[name], value)
  }

  #wrong(ajv, schema, value) {
    const compiled = ajv.compile(this.#absolute(ajv === this.#replies ? close(schema) : schema))
    if (compiled(value)) return ''
    return compiled.errors
      .map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`)
      .join('; ')
  }

  #absolute(node) {
    if (Array.isArray(node)) return node.map((member) => this.#absolute(member))
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) =>
        key === '$ref' ? [key, value.replace(/^#/, 'api#')] : [key, this.#absolute(value)],
      ),
    )
  }
}

let keys = 0

/* An example with ids of this world ({ loc: 'loc_…' }) in place of its own, and a fresh key. */
export function fill(example, ids, name = '') {
  if (Array.isArray(example)) return example.map((member) => fill(member, ids))
  if (typeof example === 'object' && example !== null) {
    return Object.fromEntries(
      Object.entries(example).map(([key, value]) => [key, fill(value, ids, key)]),
    )
  }
  if (name === 'idempotency_key') return `key-${process.pid}-${++keys}`
  const kind = /^([a-z]{3})_[0-9a-z]{13}$/.exec(example)?.[1]
  return kind && ids[kind] ? ids[kind] : example
}

/* A path with ids in place of its names: {customer} becomes ids.cus … */
export const ID_PREFIX = {
  shop: 'shop',
  customer: 'cus',
  location: 'loc',
  program: 'prg',
  tier: 'tie',
  promotion: 'pro',
  team_member: 'tem',
  role: 'rol',
  suspicion: 'sus',
  session: 'ses',
  account: 'acc',
  reward: 'rew',
  credit_note: 'cre',
  merge: 'mrg',
  tablet: 'tab',
  integration: 'int',
  file: 'fil',
  import: 'imp',
  object: 'itm',
  order: 'ord',
  group: 'tag',
  segment: 'seg',
  bulk: 'bul',
}
export function fillPath(operation, ids) {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => ids[ID_PREFIX[name]] ?? name)
  const query = new URLSearchParams(operation.query).toString()
  return query === '' ? path : `${path}?${query}`
}
