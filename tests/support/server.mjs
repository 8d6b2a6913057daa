/*
 * server — a running Habitué for a test: a demo database of its own on the engine that the test run
 * asks for (HABITUE_TEST_DB), a free port, a folder of its own; nothing is left behind.
 */
import { execFile, spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { cookieOf } from './cookies.mjs'

const run = promisify(execFile)
export const HABITUE = process.env.HABITUE_BIN ?? 'build/habitue'
const ENGINE = process.env.HABITUE_TEST_DB ?? 'sqlite'
const OUTPUT_MAX = 64 << 20

async function freePort() {
  const probe = createServer()
  await new Promise((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address()
  await new Promise((done) => probe.close(done))
  return port
}

/* An empty database: its URL, and how to remove it. */
async function createDatabase(folder) {
  if (ENGINE !== 'postgres')
    return { db: `sqlite:${join(folder, 'habitue.db')}`, drop: async () => {} }
  const name = `habitue_${randomBytes(6).toString('hex')}`
  const psql = (text) =>
    run('psql', ['-q', '-v', 'ON_ERROR_STOP=1', '-c', text, process.env.TEST_PG_URL])
  await psql(`CREATE DATABASE ${name} TEMPLATE template0`)
  return {
    db: process.env.TEST_PG_URL.replace(/\/[^/]*$/, `/${name}`),
    drop: () => psql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

export class Server {
  #process
  #ended
  #drop
  /* What the server wrote on standard error since its last start; shown when it does not start. */
  log = ''

  /*
   * Fills a demo database, with sixty days behind it or none, or leaves it empty; not started yet.
   * env: what its programs find in their environment besides.
   */
  static async create({ args = [], empty = false, history = false, env = {} } = {}) {
    const server = new Server()
    server.env = { ...process.env, ...env }
    server.folder = await mkdtemp(join(tmpdir(), 'habitue-server-'))
    const { db, drop } = await createDatabase(server.folder)
    server.#drop = drop
    server.db = db
    server.args = args
    const demo = ['demo', '--json', ...(history ? ['--history'] : [])]
    if (!empty) server.demo = JSON.parse(await server.habitue(...demo))
    server.port = await freePort()
    server.url = `http://127.0.0.1:${server.port}`
    return server
  }

  /* The same, started. */
  static async start(options) {
    const server = await Server.create(options)
    await server.run()
    return server
  }

  /* The settings that every command on this database needs. */
  settings() {
    const file = (name) => join(this.folder, name)
    return [
      '--db',
      this.db,
      '--key-file',
      file('server.key'),
      '--erasure-file',
      file('habitue.erased'),
    ]
  }

  /* Runs another command on this database; gives what it printed. Throws when it fails. */
  async habitue(...args) {
    const { stdout } = await run(HABITUE, [...args, ...this.settings()], {
      maxBuffer: OUTPUT_MAX,
      env: this.env,
    })
    return stdout
  }

  /* Starts it; ignoring a signal that would end it, if told to. */
  async run({ ignoring } = {}) {
    this.log = ''
    const listen = ['--listen', `127.0.0.1:${this.port}`]
    const serve = [HABITUE, 'serve', ...this.settings(), ...listen, ...this.args]
    const command = ignoring ? ['env', `--ignore-signal=${ignoring}`, ...serve] : serve
    this.#process = spawn(command[0], command.slice(1), {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: this.env,
    })
    this.#process.stderr.on('data', (bytes) => {
      if (this.log.length < OUTPUT_MAX) this.log += bytes
    })
    this.#ended = new Promise((done) => this.#process.once('exit', done))
    await this.#ready()
  }

  async #ready() {
    for (const until = Date.now() + 30000; Date.now() < until; await sleep(10)) {
      if (this.#process.exitCode !== null) break
      const reply = await fetch(`${this.url}/readyz`).catch(() => undefined)
      if (reply?.status === 200) return
    }
    throw new Error(`the server did not start:\n${this.log}`)
  }

  /*
   * Another node on the same database, started; end() it before this one is removed. Undefined where
   * the database is a file, which has one server.
   */
  async beside(node) {
    if (ENGINE !== 'postgres') return undefined
    const { folder, db, demo, env } = this
    const other = Object.assign(new Server(), {
      folder,
      db,
      demo,
      env,
      args: [...this.args, '--node', String(node)],
    })
    other.port = await freePort()
    other.url = `http://127.0.0.1:${other.port}`
    await other.run()
    return other
  }

  get pid() {
    return this.#process.pid
  }

  /* Sends a signal and waits until the process is gone. */
  async end(signal = 'SIGTERM') {
    this.#process?.kill(signal)
    await this.#ended
  }

  /* Ends the server and removes all that it had. */
  async remove() {
    await this.end()
    await this.#drop()
    await rm(this.folder, { recursive: true, force: true })
  }

  /* A request with JSON; gives { status, body }. */
  async ask(method, path, { body, headers = {} } = {}) {
    const reply = await fetch(this.url + path, {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await reply.text()
    return {
      status: reply.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: reply.headers,
    }
  }

  /* The same with the first merchant's API key. */
  api(method, path, body) {
    return this.ask(method, path, {
      body,
      headers: { authorization: `Bearer ${this.demo.merchants[0].api_key}` },
    })
  }

  /* Sends bytes as the first merchant's logo, with its API key. */
  async putLogo(bytes) {
    const headers = { authorization: `Bearer ${this.demo.merchants[0].api_key}` }
    const reply = await fetch(`${this.url}/v2/merchant/logo`, {
      method: 'PUT',
      headers,
      body: bytes,
    })
    return { status: reply.status, body: await reply.json() }
  }

  /* Sends a message of a merchant's generic feed, signed. */
  async feed(message, merchant = this.demo.merchants[0]) {
    const pos = merchant.pos.find(({ vendor }) => vendor === 'feed')
    const text = JSON.stringify({
      sent_at: new Date().toISOString(),
      establishment: pos.establishment,
      ...message,
    })
    const signature = createHmac('sha256', pos.secret).update(text).digest('hex')
    const reply = await fetch(this.url + pos.webhook_path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-habitue-signature': signature,
      },
      body: text,
    })
    return { status: reply.status, body: JSON.parse(await reply.text()) }
  }

  /* Activates a tablet by its code; gives a function that asks as this tablet. */
  async tablet(code) {
    const reply = await this.ask('POST', '/v2/tablets/activate', {
      body: { code },
    })
    if (reply.status !== 200) throw new Error(`activating gave ${reply.status}`)
    const headers = {
      cookie: cookieOf(reply),
      'x-habitue-csrf': reply.body.csrf_token,
    }
    return (method, path, body) => this.ask(method, path, { body, headers })
  }
}
