/*
 * Articles: by Square's SDK, as far as Square has them, and what is ours besides.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { SquareWorld, key, refused } from '../support/square.mjs'
import { article, ok } from '../support/story.mjs'

const world = new SquareWorld()
let client, server
before(async () => {
  await world.start()
  ;({ client, server } = world)
})
after(() => world.stop())

const item = (name, amount, more = {}) => ({
  type: 'ITEM',
  id: '#new',
  itemData: {
    name,
    variations: [
      {
        type: 'ITEM_VARIATION',
        id: '#price',
        itemVariationData: {
          pricingType: 'FIXED_PRICING',
          priceMoney: { amount: BigInt(amount), currency: 'EUR' },
        },
      },
    ],
  },
  ...more,
})
const upsert = (object, idempotencyKey = key()) =>
  client.catalog.object.upsert({ idempotencyKey, object })
const put = (object) =>
  server.api('POST', '/v2/catalog/object', { idempotency_key: randomUUID(), object })
async function names() {
  const found = []
  for await (const object of await client.catalog.list({ types: 'ITEM' }))
    found.push(object.itemData.name)
  return found
}

test('an article is added, read, changed and removed by Square’s SDK', async () => {
  const { catalogObject: added, idMappings } = await upsert(item('Tarte aux pommes 🍏', 2250))
  assert.match(added.id, /^itm_/)
  assert.deepEqual([idMappings[0].clientObjectId, idMappings[0].objectId], ['#new', added.id])
  const [{ itemVariationData: price, id: variation }] = added.itemData.variations
  assert.equal(variation.slice(4), added.id.slice(4))
  assert.deepEqual([price.itemId, price.priceMoney.amount], [added.id, 2250n])
  assert.ok((await names()).includes('Tarte aux pommes 🍏'))

  const { catalogObject: changed } = await upsert({
    ...item('Tarte aux poires', 2400),
    id: added.id,
    version: added.version,
  })
  assert.equal(changed.id, added.id)
  assert.ok(changed.version > added.version)
  assert.equal(changed.itemData.variations[0].itemVariationData.priceMoney.amount, 2400n)

  for (let i = 0; i < 2; i++) {
    const removed = await client.catalog.object.delete({ objectId: added.id })
    assert.deepEqual(removed.deletedObjectIds, [added.id, variation])
  }
  assert.ok(!(await names()).includes('Tarte aux poires'))
})

test('of two who change the same version the second is told so', async () => {
  const { catalogObject } = await upsert(item('Pain de mie', 300))
  const change = (amount) =>
    upsert({
      ...item('Pain de mie', amount),
      id: catalogObject.id,
      version: catalogObject.version,
    })
  await change(310)
  await refused(change(320), 409, 'ITEM_CHANGED', 'object.version')
})

test('the same key adds one article', async () => {
  const once = key()
  const object = item('Une seule fois', 100)
  const first = await upsert(object, once)
  assert.deepEqual((await upsert(object, once)).catalogObject, first.catalogObject)
  assert.equal((await names()).filter((name) => name === 'Une seule fois').length, 1)
})

test('category and position are ours; a list goes on page by page', async () => {
  const before = (await names()).length
  for (let i = 0; i < 101; i++) {
    const more = { category: 'Beaucoup', position: 900_000 - i }
    assert.equal(ok(await put(article(`n${i}`, i, more))).catalog_object.category, 'Beaucoup')
  }
  const { objects, cursor } = ok(await server.api('GET', '/v2/catalog/list'))
  assert.equal(objects.length, 100)
  assert.ok(cursor)
  const all = await names()
  assert.equal(all.length, before + 101)
  assert.deepEqual(
    all.slice(-101),
    Array.from({ length: 101 }, (_, i) => `n${100 - i}`),
  )
})

test('what is no article is refused by its field', async () => {
  const price = (money) => {
    const object = article('x', 1)
    Object.assign(object.item_data.variations[0].item_variation_data, money)
    return object
  }
  const variations = 'object.item_data.variations'
  const data = `${variations}[0].item_variation_data`
  for (const [object, code, field] of [
    [article('   ', 1), 'FIELD_REQUIRED', 'object.item_data.name'],
    [article('x'.repeat(201), 1), 'FIELD_TOO_LONG', 'object.item_data.name'],
    [article('x', -1), 'FIELD_RANGE', `${data}.price_money.amount`],
    [article('x', 1.5), 'FIELD_TYPE', `${data}.price_money.amount`],
    [article('x', 10 ** 13), 'FIELD_RANGE', `${data}.price_money.amount`],
    [
      price({ price_money: { amount: 1, currency: 'USD' } }),
      'CURRENCY_DIFFERS',
      `${data}.price_money.currency`,
    ],
    [price({ pricing_type: 'VARIABLE_PRICING' }), 'FIELD_VALUE', `${data}.pricing_type`],
    [{ ...article('x', 1), item_data: { name: 'x', variations: [] } }, 'FIELD_RANGE', variations],
    [{ ...article('x', 1), type: 'CATEGORY' }, 'FIELD_VALUE', 'object.type'],
    [{ ...article('x', 1), id: 'itm_1' }, 'ID_MALFORMED', 'object.id'],
    [{ ...article('x', 1), position: 1_000_001 }, 'FIELD_RANGE', 'object.position'],
    [{ ...article('x', 1), version: -1 }, 'FIELD_RANGE', 'object.version'],
  ]) {
    const { status, body } = await put(object)
    assert.deepEqual([status, body.errors?.[0].code, body.errors?.[0].field], [400, code, field])
  }
  const unknown = await put({ ...article('x', 1), id: 'itm_0000000000001' })
  assert.deepEqual([unknown.status, unknown.body.errors[0].code], [404, 'ITEM_UNKNOWN'])
  const types = await server.api('GET', '/v2/catalog/list?types=ITEM,IMAGE')
  assert.deepEqual([types.status, types.body.errors[0].field], [400, 'types'])
})
