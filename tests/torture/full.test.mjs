/*
 * The disk fills up under load. What fits no more is answered as a fault, never as done; when there
 * is room again the server goes on by itself, and nothing acknowledged is missing.
 *
 * A full disk is played by a limit on the size of files, which the database meets in the same way.
 * SQLite only: with PostgreSQL the disk is another program's.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { Server } from '../support/server.mjs'
import { Load } from './load.mjs'

const run = promisify(execFile)
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1e6))
const WORKERS = 16
const ROOM = 2 << 20 // bytes that the database may still grow
let server, load

const limitFiles = (limit) => run('prlimit', ['--pid', String(server.pid), `--fsize=${limit}:`])

async function largestFile() {
  const path = server.db.slice('sqlite:'.length)
  const sizes = await Promise.all([stat(path), stat(`${path}-wal`)])
  return Math.max(...sizes.map(({ size }) => size))
}

before(async () => {
  server = await Server.create()
  await server.run({ ignoring: 'XFSZ' }) // the signal would end it; a full disk sends none
  load = new Load(server, SEED)
  await load.open()
})
after(() => server?.remove())

test(`a full disk loses nothing, and is got over (seed ${SEED})`, async (t) => {
  await load.under(WORKERS, async (working) => {
    await limitFiles((await largestFile()) + ROOM)
    await working // each worker stops at its first refusal
  })
  const refused = load.operations.filter(({ acknowledged }) => !acknowledged)
  assert.equal(refused.length, WORKERS)
  assert.ok(load.operations.length > 2 * WORKERS)
  await load.checkAcknowledged() // reading needs no room

  await limitFiles('unlimited')
  await load.sendAgain()
  await load.checkAll()
  assert.equal(JSON.parse(await server.habitue('audit', '--json')).differences, 0)
  t.diagnostic(`${load.operations.length} operations before and after`)
})
