/*
 * The server is killed (SIGKILL) at random moments under load. After each restart every credit that
 * was acknowledged must be there; what was not acknowledged is sent again with the same keys, and
 * then every balance must be exactly what was sent: nothing lost, nothing doubled.
 *
 * KILLS (10) tells how often, SEED repeats a run's draws. `make torture` kills 200 times.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Server } from '../support/server.mjs'
import { Load } from './load.mjs'

const KILLS = Number(process.env.KILLS ?? 10)
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1e6))
const WORKERS = 24
const LONGEST_MS = 600
let server, load

before(async () => {
  server = await Server.start()
  load = new Load(server, SEED)
  await load.open()
})
after(() => server?.remove())

test(`${KILLS} kills under load lose nothing and double nothing (seed ${SEED})`, async (t) => {
  let sentAgain = 0
  for (let kill = 0; kill < KILLS; kill++) {
    await load.under(WORKERS, async () => {
      await sleep(load.draw(LONGEST_MS))
      await server.end('SIGKILL')
    })
    await server.run()
    await load.checkAcknowledged()
    sentAgain += await load.sendAgain()
    await load.checkAll()
  }
  assert.equal(JSON.parse(await server.habitue('audit', '--json')).differences, 0)
  t.diagnostic(`${load.operations.length} operations, ${sentAgain} sent again`)
  assert.ok(load.operations.length > KILLS * WORKERS)
})
