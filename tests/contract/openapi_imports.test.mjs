/*
 * openapi.yaml is true of imports of customers, too: see openapi.test.mjs. A file goes the whole way
 * over the API, by the server's own jobs.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fillPath } from '../support/openapi.mjs'
import { Player } from '../support/playing.mjs'
import { Server } from '../support/server.mjs'
import { live, ok } from '../support/story.mjs'

const FILE =
  'Téléphone;Prénom;Nom;Points\n06 12 34 50 01;Inès;Morel;1 250\n06 12;Léo;Petit;3\n' +
  '06 12 34 50 02;Zoé;Roux;40\n'
const player = new Player()
const play = (id, told) => player.play(id, told)
let server

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  player.begin(server, await live(server))
})
after(() => server?.remove())

/* Sends the part of a file as it is. */
async function putPart(of, bytes) {
  const operation = player.api.operations.find(({ id }) => id === 'putImportPart')
  const reply = await fetch(server.url + fillPath(operation, { ...player.ids, ...of.with }), {
    method: 'PUT',
    headers: { ...player.headers, 'content-type': 'text/csv' },
    body: bytes,
  })
  const body = await reply.json()
  assert.equal(player.api.wrongReply(operation, reply.status, body), '', JSON.stringify(body))
  if (reply.status === 200) player.played.add(operation.id)
  return { status: reply.status, body }
}

/* Waits for the job. */
async function becomes(of, state) {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(200)) {
    const shown = ok(await play('showImport', of))
    if (shown.import.state === state) return shown
    assert.notEqual(shown.import.state, 'failed', JSON.stringify(shown))
  }
  throw new Error(`it is not ${state}`)
}

test('a file goes the whole way', async () => {
  const bytes = Buffer.from(FILE)
  const begun = ok(
    await play('createImport', {
      body: { idempotency_key: 'i1', name: 'clients.csv', size: bytes.length },
    }),
  )
  const of = { with: { imp: begun.import.id } }
  assert.equal((await putPart(of, bytes.subarray(1))).body.errors[0].code, 'IMPORT_PART')
  assert.equal(ok(await putPart(of, bytes)).import.state, 'reading')
  const { sample } = await becomes(of, 'ready')
  assert.deepEqual(sample.guess, ['phone', 'given_name', 'family_name', 'points'])
  assert.deepEqual(sample.rows[0], ['06 12 34 50 01', 'Inès', 'Morel', '1 250'])
  assert.equal((await play('runImport', of)).body.errors[0].code, 'IMPORT_STATE')

  ok(await play('checkImport', { ...of, body: { columns: sample.guess } }))
  const checked = await becomes(of, 'checked')
  const { check } = checked.import
  assert.deepEqual([check.rows, check.new, check.refused, check.points], [3, 2, 1, 1290])
  assert.deepEqual(checked.refusals, [
    { row: '3', column: 'Téléphone', value: '06 12', code: 'PHONE_NUMBER_INVALID' },
  ])
  ok(await play('runImport', of))
  const { run } = (await becomes(of, 'done')).import
  assert.deepEqual([run.points_before, run.points_moved, run.points_after], [0, 1290, 1290])
  assert.equal(ok(await play('listImports')).imports[0].id, begun.import.id)

  const refused = await fetch(`${server.url}/v2/customers/imports/${begun.import.id}/refused`, {
    headers: player.headers,
  })
  assert.equal(refused.headers.get('content-type'), 'text/csv; charset=utf-8')
  const lines = (await refused.text()).split('\r\n')
  assert.equal(lines[0], 'Ligne;Colonne;Valeur;Raison;Code;Téléphone;Prénom;Nom;Points')
  assert.match(lines[1], /^3;Téléphone;06 12;.*;PHONE_NUMBER_INVALID;06 12;Léo;Petit;3$/)
  player.played.add('exportRefusedRows')
  assert.equal(JSON.parse(await server.habitue('audit', '--json')).differences, 0)
})

test('an import is cancelled', async () => {
  assert.equal(ok(await play('cancelImport')).import.state, 'canceled')
  assert.equal((await play('cancelImport')).body.errors[0].code, 'IMPORT_STATE')
})

test('nothing was left out', () => {
  assert.deepEqual(
    player.leftOut((tag) => tag === 'imports'),
    [],
  )
})
