/*
 * shop — a running Habitué whose clock the test moves, as a merchant's till, POS and program ask it.
 * Time stands still but for tick() and pass().
 */
import { execFile } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Server } from '../support/server.mjs'

const run = promisify(execFile)
/* A Monday, before the clocks go forward in Europe. */
const FIRST_DAY_MS = Date.UTC(2031, 2, 3, 8)

/* The library that moves a server's clock, built once for a test's process. */
let library
function clockLibrary() {
  library ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'habitue-clock-'))
    process.on('exit', () => rm(folder, { recursive: true, force: true }))
    const path = join(folder, 'clock.so')
    const source = new URL('clock.c', import.meta.url).pathname
    await run('gcc', ['-std=c17', '-O1', '-shared', '-fPIC', '-pthread', '-o', path, source])
    return path
  })()
  return library
}

/* The server and its clock, of all its merchants. */
class Town {
  #clock
  #agent = new Agent({ keepAlive: true })
  #ahead = 0
  /* Milliseconds; whole. */
  now = FIRST_DAY_MS

  static async open() {
    const town = new Town()
    town.folder = await mkdtemp(join(tmpdir(), 'habitue-model-'))
    const path = join(town.folder, 'clock')
    await writeFile(path, Buffer.alloc(16))
    town.#clock = await open(path, 'r+')
    await town.#show()
    const env = { LD_PRELOAD: await clockLibrary(), TEST_CLOCK: path }
    town.server = await Server.start({ env })
    await town.tick()
    return town
  }

  async close() {
    this.#agent.destroy()
    await this.server?.remove()
    await this.#clock?.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  async #show() {
    const bytes = Buffer.alloc(16)
    bytes.writeBigInt64LE(BigInt(this.now) * 1000n)
    bytes.writeBigInt64LE(BigInt(this.#ahead) * 1000n, 8)
    await this.#clock.write(bytes, 0, 16, 0)
  }

  /* Lets a moment pass on the clock on the wall alone, so that nothing happens at the same time. */
  async tick(ms = 1000) {
    this.now += ms
    await this.#show()
  }

  /*
   * Lets time pass, and all that is due by then be done. Connections have been idle for long then,
   * so we begin anew.
   */
  async pass(ms) {
    this.#agent.destroy()
    this.#agent = new Agent({ keepAlive: true })
    this.#ahead += ms
    await this.tick(ms)
  }

  /* Kills the server and starts it again: what it acknowledged is there. */
  async crash() {
    this.#agent.destroy()
    this.#agent = new Agent({ keepAlive: true })
    await this.server.end('SIGKILL')
    await this.tick() /* Two processes that make ids in one millisecond make the same ones. */
    await this.server.run()
  }

  send(method, path, text, headers = {}) {
    return new Promise((done, failed) => {
      const body = text === undefined ? {} : { 'content-type': 'application/json' }
      const asked = request(
        this.server.url + path,
        { method, agent: this.#agent, headers: { ...body, ...headers } },
        (reply) => {
          const pieces = []
          reply.on('data', (piece) => pieces.push(piece))
          reply.on('error', failed)
          reply.on('end', () => {
            const content = Buffer.concat(pieces).toString()
            done({ status: reply.statusCode, body: content === '' ? {} : JSON.parse(content) })
          })
        },
      )
      asked.on('error', failed)
      asked.end(text)
    })
  }
}

export class Shop {
  constructor(town, merchant) {
    this.town = town
    this.merchant = merchant
  }

  /* The first merchant of a server of its own. */
  static async open() {
    const [first] = await Shop.openAll()
    return first
  }

  /* All merchants of one server. */
  static async openAll() {
    const town = await Town.open()
    return town.server.demo.merchants.map((merchant) => new Shop(town, merchant))
  }

  close() {
    return this.town.close()
  }

  get server() {
    return this.town.server
  }

  get now() {
    return this.town.now
  }

  tick(ms) {
    return this.town.tick(ms)
  }

  pass(ms) {
    return this.town.pass(ms)
  }

  crash() {
    return this.town.crash()
  }

  send(method, path, text, headers) {
    return this.town.send(method, path, text, headers)
  }

  ask(method, path, body, headers) {
    const text = body === undefined ? undefined : JSON.stringify(body)
    return this.send(method, path, text, headers)
  }

  /* With the merchant's API key. */
  api(method, path, body) {
    return this.ask(method, path, body, { authorization: `Bearer ${this.merchant.api_key}` })
  }

  /* The same for what has an idempotency key and must succeed. */
  async post(path, body) {
    const reply = await this.api('POST', path, { idempotency_key: randomUUID(), ...body })
    if (reply.status === 200) return reply.body
    throw new Error(`POST ${path} gave ${reply.status} ${JSON.stringify(reply.body)}`)
  }

  async get(path) {
    const reply = await this.api('GET', path)
    if (reply.status === 200) return reply.body
    throw new Error(`GET ${path} gave ${reply.status} ${JSON.stringify(reply.body)}`)
  }

  #pos(vendor) {
    return this.merchant.pos.find((pos) => pos.vendor === vendor)
  }

  /* A message of the POS's feed, signed, sent now. */
  feed(message) {
    const { establishment, secret, webhook_path } = this.#pos('feed')
    const sent_at = new Date(this.now).toISOString()
    const text = JSON.stringify({ sent_at, establishment, ...message })
    const signature = createHmac('sha256', secret).update(text).digest('hex')
    return this.send('POST', webhook_path, text, { 'x-habitue-signature': signature })
  }

  /* An event of Square's: a payment or a refund. */
  square(type, object) {
    const { establishment, secret, webhook_path } = this.#pos('square')
    const at = new Date(this.now).toISOString()
    const inside = { created_at: at, updated_at: at, location_id: establishment, ...object }
    const text = JSON.stringify({
      merchant_id: 'M1',
      type: `${type}.updated`,
      event_id: randomUUID(),
      created_at: at,
      data: { type, id: inside.id, object: { [type]: inside } },
    })
    const signature = createHmac('sha256', secret)
      .update(this.server.url + webhook_path + text)
      .digest('base64')
    return this.send('POST', webhook_path, text, { 'x-square-hmacsha256-signature': signature })
  }
}
