/*
 * openapi.yaml is true of lists of customers, too (see openapi.test.mjs), and these do what they say:
 * filters follow what customers did, what is done to many is done, undone and exported.
 */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { Player } from '../support/playing.mjs'
import { Server } from '../support/server.mjs'
import { live, ok } from '../support/story.mjs'

const player = new Player()
const play = (id, told) => player.play(id, told)
const once = () => `key-${process.pid}-${Math.random()}`
let server, ids

before(async () => {
  server = await Server.start({ args: ['--demo', '1'] })
  ids = await live(server)
  player.begin(server, ids)
})
after(() => server?.remove())

async function until(look, what) {
  for (let i = 0; i < 300; i++) {
    const found = await look()
    if (found) return found
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`${what} did not come`)
}
const search = async (filter, rest = {}) =>
  ok(await play('searchCustomers', { body: { query: { filter, ...rest }, count: true } }))
/* What `live` began is over: one runs at a time. */
const ended = (id) =>
  until(async () => {
    const { task } = ok(await play('showBulk', { with: { bul: id } }))
    return ['done', 'undone'].includes(task.state) && task
  }, 'the end of it')
async function add(fields) {
  const body = { ...fields, idempotency_key: once() }
  return ok(await play('createCustomer', { body })).customer.id
}

test('what a customer did is found a moment later', async () => {
  const found = await until(async () => {
    const { customers } = await search({ balance: { program_id: ids.prg, min: 1 } })
    return customers.length > 0 && customers
  }, 'a balance')
  assert.ok(found.some(({ id }) => id === ids.cus))
  const nobody = await search({ balance: { program_id: ids.prg, min: 1_000_000 } })
  assert.deepEqual([nobody.customers.length, nobody.count], [0, 0])
})

test('pages in each order are one list, from both ends', async () => {
  for (const name of ['Zoé', 'Émile', 'anna', 'Bob']) await add({ given_name: name })
  for (const field of ['CREATED_AT', 'LAST_VISIT', 'SPEND', 'NAME', 'BALANCE']) {
    const filter = field === 'BALANCE' ? { balance: { program_id: ids.prg } } : {}
    const lists = []
    for (const order of ['ASC', 'DESC']) {
      const seen = []
      let cursor
      do {
        const body = { query: { filter, sort: { field, order } }, limit: 2, cursor }
        const page = ok(await play('searchCustomers', { body }))
        seen.push(...page.customers.map(({ id }) => id))
        cursor = page.cursor
      } while (cursor)
      lists.push(seen)
    }
    assert.deepEqual(lists[0], lists[1].toReversed(), field)
    assert.equal(new Set(lists[0]).size, lists[0].length, field)
    assert.equal(lists[0].length, (await search(filter)).count, field)
  }
  const { customers } = await search({}, { sort: { field: 'NAME' } })
  const names = customers.map(({ given_name }) => given_name).filter(Boolean)
  assert.deepEqual(names.slice(0, 3), ['anna', 'Bob', 'Émile'])
})

test('a cursor of one order is refused in another', async () => {
  const first = await play('searchCustomers', {
    body: { query: { sort: { field: 'NAME' } }, limit: 1 },
  })
  const other = await play('searchCustomers', {
    body: { query: { sort: { field: 'SPEND' } }, cursor: ok(first).cursor },
  })
  assert.equal(other.body.errors[0].code, 'CURSOR_MALFORMED')
})

test('tags', async () => {
  const { group } = ok(await play('createTag'))
  const of = { with: { tag: group.id } }
  const twin = await play('createTag', { body: { group: { name: ' TERRASSE ' } } })
  assert.equal(twin.body.errors[0].code, 'TAG_EXISTS')
  ok(await play('tagCustomer', of))
  ok(await play('tagCustomer', of))
  const tagged = await search({ group_ids: { all: [group.id] } })
  assert.deepEqual(
    tagged.customers.map(({ id, group_ids }) => [id, group_ids]),
    [[ids.cus, [group.id]]],
  )
  const others = await search({ group_ids: { none: [group.id] } })
  assert.equal(others.count, (await search({})).count - 1)
  assert.equal((await search({ group_ids: { any: [group.id] } })).count, 1)
  assert.equal(ok(await play('changeTag', of)).group.name, 'En terrasse')
  assert.equal(ok(await play('showTag', of)).group.name, 'En terrasse')
  ok(await play('untagCustomer', of))
  assert.equal((await search({ group_ids: { any: [group.id] } })).count, 0)
  ok(await play('tagCustomer', of))
  const listed = async () => ok(await play('listTags')).groups.find(({ id }) => id === group.id)
  assert.equal((await listed()).customers, 1)
  ok(await play('deleteTag', of))
  assert.equal(await listed(), undefined)
  const gone = await play('tagCustomer', of)
  assert.deepEqual([gone.status, gone.body.errors[0].code], [404, 'TAG_UNKNOWN'])
})

test('segments: four that everybody has, with thresholds of one’s own, and those one saves', async () => {
  const listed = ok(await play('listSegments', { query: '?count=true' }))
  assert.deepEqual(
    listed.segments.map(({ preset, name }) => preset ?? name),
    ['new', 'occasional', 'vip', 'at_risk', 'Du matin'],
  )
  assert.equal(listed.segments[0].count, listed.customers)
  const vip = { with: { seg: listed.segments[2].id } }
  const body = { segment: { filter: { visits: { min: 0 } } } }
  assert.equal(ok(await play('changeSegment', { ...vip, body })).segment.changed, true)
  const after = ok(await play('listSegments', { query: '?count=true' }))
  assert.equal(after.segments[2].count, after.customers)
  ok(await play('deleteSegment', vip))
  assert.deepEqual(ok(await play('listSegments')).segments[2].filter, listed.segments[2].filter)
  const { segment } = ok(await play('createSegment'))
  assert.deepEqual(segment.filter, { visits: { min: 5 } })
  const named = await play('createSegment', {
    body: { segment: { name: 'Anna', filter: { text: { fuzzy: 'anna' } } } },
  })
  assert.deepEqual(
    [named.body.errors[0].code, named.body.errors[0].field],
    ['FIELD_VALUE', 'segment.filter'],
  )
  ok(await play('deleteSegment', { with: { seg: segment.id } }))
  const gone = await play('deleteSegment', { with: { seg: segment.id } })
  assert.equal(gone.body.errors[0].code, 'SEGMENT_UNKNOWN')
})

test('all that a search finds is tagged, and undone but for who had the tag', async () => {
  await ended(ids.bul)
  const { group } = ok(await play('createTag', { body: { group: { name: 'Marché' } } }))
  const had = await add({ given_name: 'Marcelle', note: 'had it' })
  for (let i = 0; i < 3; i++) await add({ given_name: 'Marcelle' })
  ok(await play('tagCustomer', { with: { cus: had, tag: group.id } }))
  const filter = { text: { fuzzy: 'marcelle' } }
  const begun = await play('tagFound', {
    body: { query: { filter }, group_id: group.id, action: 'ADD', idempotency_key: once() },
  })
  const second = await play('exportFound')
  assert.equal(second.body.errors?.[0].code ?? 'BULK_RUNNING', 'BULK_RUNNING')
  const of = { with: { bul: ok(begun).task.id } }
  const task = await ended(of.with.bul)
  assert.deepEqual([task.total, task.done, task.changed], [4, 4, 3])
  assert.equal((await search({ group_ids: { all: [group.id] } })).count, 4)
  const late = await play('cancelBulk', of)
  assert.equal(late.body.errors[0].code, 'BULK_OVER')
  if (second.status === 200) await ended(second.body.task.id)
  ok(await play('undoBulk', of))
  assert.equal((await ended(of.with.bul)).state, 'undone')
  const left = await search({ group_ids: { all: [group.id] } })
  assert.deepEqual(
    left.customers.map(({ id }) => id),
    [had],
  )
  assert.equal(
    ok(await play('listBulk')).tasks.some(({ id }) => id === of.with.bul),
    true,
  )
})

test('an export is whole, safe in a spreadsheet, and gone when a customer is removed', async () => {
  const rogue = await add({
    given_name: '=1+1',
    family_name: 'a;b "c"',
    phone_number: '+33612340000',
  })
  const begun = await play('exportFound', {
    body: { query: { filter: {} }, idempotency_key: once() },
  })
  const of = { with: { bul: ok(begun).task.id } }
  const task = await ended(of.with.bul)
  assert.equal(task.done, (await search({})).count)
  const address = `${server.url}/v2/customers/exports/${task.id}/file`
  const reply = await fetch(address, { headers: player.headers })
  const bytes = new Uint8Array(await reply.arrayBuffer())
  assert.equal(reply.headers.get('cache-control'), 'no-store')
  assert.equal(bytes.length, task.size)
  player.played.add('readExport')
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const lines = text.split('\r\n')
  assert.ok(lines[0].startsWith('\uFEFFIdentifiant;Prénom;Nom;'))
  assert.equal(lines.length, task.done + 2)
  const line = lines.find((one) => one.startsWith(rogue))
  assert.ok(line.startsWith(`${rogue};'=1+1;"a;b ""c""";;'+33612340000;`), line)
  ok(await play('deleteCustomer', { with: { cus: rogue } }))
  assert.equal((await fetch(address, { headers: player.headers })).status, 404)
})

/* A table of semicolons, as lists of cells, without the apostrophe that guards against formulas. */
function cellsOf(csv) {
  const rows = [[]]
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^;\r\n]*))(;|\r\n)/g)) {
    const cell = quoted === undefined ? plain : quoted.replaceAll('""', '"')
    rows.at(-1).push(cell.replace(/^'(?=[=+\-@])/, ''))
    if (end !== ';') rows.push([])
  }
  return rows.slice(0, -1)
}
const DAY_MS = 86_400_000
/* What a cell of a column says, as the table does. */
function saidBy(cell, column) {
  if (!cell) return ''
  if (cell.format === 'yyyy-mm-dd')
    return new Date(Date.UTC(1899, 11, 30) + cell.value * DAY_MS).toISOString().slice(0, 10)
  if (cell.format === '#,##0.00') return Number(cell.value).toFixed(2).replace('.', ',')
  assert.equal(cell.kind, 'KN'.includes(column) ? 'number' : 'text', `${column}: ${cell.value}`)
  return cell.value
}

test('a workbook says what the table says, each column in its kind', async () => {
  const people = [
    { given_name: '=HYPERLINK("http://evil")', family_name: '_x0041_' },
    { given_name: '李', family_name: 'Ωμέγα', note: 'deux\nlignes; et "trois"' },
    { given_name: 'محمد', family_name: 'Олександр', phone_number: '+33612340055' },
    { given_name: 'Zoë 👩‍🍳', family_name: '<b>&amp;</b>', birthday: '1984-02-29' },
    { given_name: '007', family_name: '-1', birthday: '0000-12-24' },
  ]
  for (const one of people) await add(one)
  const read = async (format) => {
    const body = { query: { filter: {} }, format, idempotency_key: once() }
    const { task } = ok(await play('exportFound', { body }))
    assert.equal(task.format, format)
    const { id, size } = await ended(task.id)
    const address = `${server.url}/v2/customers/exports/${id}/file`
    const reply = await fetch(address, { headers: player.headers })
    const bytes = Buffer.from(await reply.arrayBuffer())
    assert.equal(bytes.length, size)
    return [bytes, reply.headers.get('content-type')]
  }
  const [csv] = await read('CSV')
  const [xlsx, type] = await read('XLSX')
  assert.equal(type, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  const table = cellsOf(csv.toString('utf8').slice(1))
  const reader = new URL('../support/read_xlsx.py', import.meta.url).pathname
  const book = JSON.parse(execFileSync('python3', [reader], { input: xlsx, maxBuffer: 1 << 26 }))
  assert.deepEqual([book.name, book.frozen], ['Clients', '1'])
  assert.ok(Object.values(book.rows[0]).every(({ bold }) => bold))
  const columns = 'ABCDEFGHIJKLMN'.split('')
  const told = book.rows.map((row, i) =>
    columns.map((column) => (i === 0 ? row[column].value : saidBy(row[column], column))),
  )
  assert.equal(told.length, table.length)
  assert.deepEqual(told, table)
  for (const { given_name } of people) assert.ok(told.some((row) => row[1] === given_name))
  const born = book.rows.find((row) => row.B?.value.startsWith('Zoë')).G
  assert.deepEqual([born.kind, born.format], ['number', 'yyyy-mm-dd'])
  const odd = await play('exportFound', {
    body: { query: {}, format: 'PDF', idempotency_key: once() },
  })
  assert.deepEqual([odd.body.errors[0].code, odd.body.errors[0].field], ['FIELD_VALUE', 'format'])
})

test('what runs can be stopped', async () => {
  const task = await until(async () => {
    const body = { query: {}, idempotency_key: once() }
    const begun = ok(await play('exportFound', { body })).task
    /* It may have ended before: then another one. */
    const stopped = await play('cancelBulk', { with: { bul: begun.id } })
    return stopped.status === 200 && stopped.body.task
  }, 'one that is stopped')
  assert.equal(task.state, 'canceled')
  const of = { with: { bul: task.id } }
  assert.equal((await play('undoBulk', of)).body.errors[0].code, 'BULK_OVER')
  assert.equal(ok(await play('showBulk', of)).task.size, 0)
})

test('nothing was left out', () => {
  assert.deepEqual(
    player.leftOut((tag) => tag === 'directory'),
    [],
  )
})
