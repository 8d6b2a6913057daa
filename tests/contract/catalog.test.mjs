/*
 * The catalog: by Square’s SDK, as far as Square has it, and what is ours besides.
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
  assert.match(variation, /^var_/)
  assert.deepEqual([price.itemId, price.priceMoney.amount], [added.id, 2250n])
  assert.ok((await names()).includes('Tarte aux pommes 🍏'))

  const { catalogObject: changed } = await upsert({
    ...item('Tarte aux poires', 2400),
    id: added.id,
    version: added.version,
  })
  assert.equal(changed.id, added.id)
  const kept = changed.itemData.variations[0].id
  assert.ok(changed.version > added.version)
  assert.equal(changed.itemData.variations[0].itemVariationData.priceMoney.amount, 2400n)

  for (let i = 0; i < 2; i++) {
    const removed = await client.catalog.object.delete({ objectId: added.id })
    assert.deepEqual(removed.deletedObjectIds, [added.id, kept])
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

/* A new object of Square's, by our own address; gives it as it is now. */
const add = async (object) => ok(await put({ id: '#new', ...object })).catalog_object
const category = (name) => add({ type: 'CATEGORY', category_data: { name } })
const tax = (name, percentage, more = {}) =>
  add({ type: 'TAX', tax_data: { name, percentage, ...more } })
const listed = async (types) =>
  ok(await server.api('GET', `/v2/catalog/list?types=${types}`)).objects

test('an article has variations, a category and a tax', async () => {
  const drinks = await category('Boissons chaudes')
  const vat = await tax('TVA 10 %', '10', { inclusion_type: 'INCLUSIVE' })
  const size = (id, name, amount, sku) => ({
    type: 'ITEM_VARIATION',
    id,
    itemVariationData: {
      name,
      ...(sku ? { sku } : {}),
      ...(amount ? { priceMoney: { amount: BigInt(amount), currency: 'EUR' } } : {}),
    },
  })
  const { catalogObject: coffee, idMappings } = await upsert({
    type: 'ITEM',
    id: '#café',
    itemData: {
      name: 'Café',
      categories: [{ id: drinks.id }],
      taxIds: [vat.id],
      variations: [size('#s', 'Petit', 150, 'CAF-S'), size('#l', 'Sur mesure')],
    },
  })
  const [small, large] = coffee.itemData.variations
  assert.deepEqual(
    idMappings.map(({ clientObjectId, objectId }) => [clientObjectId, objectId]),
    [
      ['#café', coffee.id],
      ['#s', small.id],
      ['#l', large.id],
    ],
  )
  assert.deepEqual(
    [coffee.itemData.categoryId, coffee.itemData.categories[0].id, coffee.itemData.taxIds],
    [drinks.id, drinks.id, [vat.id]],
  )
  assert.equal(small.itemVariationData.pricingType, 'FIXED_PRICING')
  assert.equal(large.itemVariationData.pricingType, 'VARIABLE_PRICING')
  assert.equal(large.itemVariationData.priceMoney, undefined)

  /* What was read is sent back, with one more in the middle and one less. */
  const { catalogObject: changed } = await upsert({
    ...coffee,
    itemData: {
      ...coffee.itemData,
      categories: undefined,
      categoryId: undefined,
      variations: [large, size('#d', 'Double', 250, 'CAF-S')],
    },
  })
  assert.equal(changed.itemData.variations[0].id, large.id)
  assert.equal(changed.itemData.categoryId, undefined)
  assert.deepEqual(
    changed.itemData.variations.map(({ itemVariationData }) => itemVariationData.name),
    ['Sur mesure', 'Double'],
  )
  const { object } = await client.catalog.object.get({ objectId: coffee.id })
  assert.deepEqual(object.itemData, changed.itemData)
  const { objects } = await client.catalog.batchGet({
    objectIds: [vat.id, 'cat_0000000000001', coffee.id],
  })
  assert.deepEqual(
    objects.map(({ id }) => id),
    [vat.id, coffee.id],
  )
})

test('a removed category leaves its articles, and comes back into them', async () => {
  const cakes = await category('Gâteaux')
  const object = article('Opéra', 450)
  object.item_data.category_id = cakes.id
  const { id } = await add(object)
  const twin = await put({ type: 'CATEGORY', id: '#twin', category_data: { name: 'gateaux' } })
  assert.equal(twin.body.errors[0].code, 'CATEGORY_EXISTS')
  const remove = (of) => server.api('DELETE', `/v2/catalog/object/${of}`)
  const bringBack = (of) => server.api('POST', `/v2/catalog/object/${of}/restore`)
  const itemNow = async () =>
    ok(await server.api('GET', `/v2/catalog/object/${id}`)).object.item_data.category_id
  const { deleted_object_ids } = ok(await remove(cakes.id))
  assert.deepEqual(deleted_object_ids, [cakes.id])
  assert.equal(await itemNow(), undefined)
  assert.ok(!(await listed('CATEGORY')).some((one) => one.id === cakes.id))
  const gone = await server.api('GET', `/v2/catalog/object/${cakes.id}`)
  assert.deepEqual([gone.status, gone.body.errors[0].code], [404, 'CATEGORY_UNKNOWN'])
  const { catalog_object: back } = ok(await bringBack(cakes.id))
  assert.deepEqual([back.category_data.name, back.is_deleted], ['Gâteaux', false])
  assert.equal(await itemNow(), cakes.id)

  ok(await remove(id))
  for (let i = 0; i < 2; i++) {
    const { catalog_object } = ok(await bringBack(id))
    assert.deepEqual([catalog_object.id, catalog_object.is_deleted], [id, false])
  }
})

test('a list has categories and taxes first, and goes on page by page', async () => {
  const before = (await names()).length
  for (let i = 0; i < 201; i += 20)
    await Promise.all(
      Array.from({ length: Math.min(20, 201 - i) }, (_, k) =>
        add(article(`n${i + k}`, 1, { position: 900_000 - i - k })),
      ),
    )
  const whole = ok(await server.api('GET', '/v2/catalog/list'))
  const types = whole.objects.map(({ type }) => type)
  assert.equal(types.filter((type) => type === 'ITEM').length, 200)
  assert.ok(types.indexOf('TAX') > types.lastIndexOf('CATEGORY'))
  assert.ok(types.indexOf('ITEM') > types.lastIndexOf('TAX'))
  const rest = ok(await server.api('GET', `/v2/catalog/list?cursor=${whole.cursor}`))
  assert.deepEqual([...new Set(rest.objects.map(({ type }) => type))], ['ITEM'])
  assert.ok((await listed('CATEGORY,TAX')).every(({ type }) => type !== 'ITEM'))
  const all = await names()
  assert.equal(all.length, before + 201)
  assert.deepEqual(
    all.slice(-201),
    Array.from({ length: 201 }, (_, i) => `n${200 - i}`),
  )
})

test('articles are found by words and categories, page by page', async () => {
  const { id } = await category('Confiserie')
  for (const name of ['Réglisse', 'Guimauve à la réglisse', 'Nougat']) {
    const object = article(name, 300)
    object.item_data.category_id = id
    await add(object)
  }
  const found = ({ items }) => items.map(({ itemData }) => itemData.name)
  const search = (query) => client.catalog.searchItems(query)
  assert.deepEqual(found(await search({ textFilter: 'REGL' })), [
    'Réglisse',
    'Guimauve à la réglisse',
  ])
  assert.equal(found(await search({ categoryIds: [id] })).length, 3)
  const first = await search({ categoryIds: [id], limit: 2 })
  assert.deepEqual(found(await search({ categoryIds: [id], cursor: first.cursor })), ['Nougat'])
  assert.deepEqual(found(await search({ textFilter: 'nulle part' })), [])
})

const importFile = async (path, body) => {
  const headers = { authorization: `Bearer ${server.demo.merchants[0].api_key}` }
  const reply = await fetch(server.url + path, { method: 'POST', headers, body })
  return { status: reply.status, body: await reply.json() }
}

test('a table is looked at, its errors told row by row, and taken in once', async () => {
  const table = Buffer.from(
    'Désignation;Réf.;Rayon;P.U.;Prix;TVA\nKouign-amann;KA-1;Bretagne;;4,20 €;5,5 %\n' +
      'Far breton;KA-1;Bretagne;;3;\nCidre;;Bretagne;;trois euros;20\n',
    'latin1',
  )
  table.write('4,20 \x80', table.indexOf('4,20'), 'latin1')
  const seen = ok(await importFile('/v2/catalog/import/preview', table)).import
  assert.deepEqual(
    [seen.rows, seen.new, seen.refused_count, seen.applied, seen.ignored_columns],
    [3, 1, 2, false, ['P.U.']],
  )
  assert.deepEqual(
    seen.refused.map(({ row, field, code, value }) => [row, field, code, value]),
    [
      [3, 'name', 'IMPORT_TWICE', 'Far breton'],
      [4, 'price', 'FIELD_VALUE', 'trois euros'],
    ],
  )
  assert.deepEqual(seen.samples, [
    {
      row: 2,
      change: 'NEW',
      name: 'Kouign-amann',
      sku: 'KA-1',
      category: 'Bretagne',
      tax: 'TVA 5,5 %',
      price_money: { amount: 420, currency: 'EUR' },
    },
  ])
  assert.ok(!(await names()).includes('Kouign-amann'))
  assert.equal(ok(await importFile('/v2/catalog/import', table)).import.new, 1)
  const again = ok(await importFile('/v2/catalog/import', table)).import
  assert.deepEqual([again.new, again.changed, again.same], [0, 0, 1])
  assert.equal((await names()).filter((name) => name === 'Kouign-amann').length, 1)

  for (const [body, status, code, field] of [
    ['', 400, 'FIELD_REQUIRED', 'body'],
    ['Prix\n3\n', 400, 'IMPORT_COLUMNS', 'line 1'],
    ['Nom\n"Pain\n', 400, 'CSV_MALFORMED', 'line 2'],
    [`Nom\n${'x\n'.repeat(5001)}`, 413, 'IMPORT_TOO_LONG', undefined],
    [`Nom\n${'x'.repeat(1 << 20)}`, 413, 'BODY_TOO_LARGE', undefined],
  ]) {
    const refused = await importFile('/v2/catalog/import', body)
    const [error] = refused.body.errors
    assert.deepEqual([refused.status, error.code, error.field], [status, code, field])
  }
})

test('five thousand articles are imported, exported and shown to a till', async () => {
  const other = server.demo.merchants[1]
  const headers = { authorization: `Bearer ${other.api_key}` }
  const call = (method, path, body) => fetch(server.url + path, { method, headers, body })
  const { objects } = await (await call('GET', '/v2/catalog/list?types=ITEM')).json()
  const room = 5000 - objects.length
  const rows = Array.from(
    { length: room },
    (_, i) => `Article ${i};R${i};F${i % 90};${i % 50},5;20`,
  )
  const table = `nom;ref;famille;prix;tva\n${rows.join('\n')}`
  for (const expected of [
    [room, 0],
    [0, room],
  ]) {
    const { import: told } = await (await call('POST', '/v2/catalog/import', table)).json()
    assert.deepEqual([told.new, told.same], expected)
  }
  const exported = await (await call('GET', '/v2/catalog/export')).text()
  assert.equal(exported.trimEnd().split('\r\n').length, 5001)
  headers['content-type'] = 'application/json'
  const opened = await call('POST', '/v2/till/open', '{}')
  assert.equal((await opened.json()).items.length, 5000)
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
    [price({ price_money: undefined }), 'FIELD_REQUIRED', `${data}.price_money`],
    [price({ price_money: { amount: 1 } }), 'FIELD_REQUIRED', `${data}.price_money.currency`],
    [price({ sku: 'x'.repeat(101) }), 'FIELD_TOO_LONG', `${data}.sku`],
    [price({ pricing_type: 'VARIABLE_PRICING' }), 'FIELD_VALUE', `${data}.pricing_type`],
    [{ ...article('x', 1), item_data: { name: 'x', variations: [] } }, 'FIELD_RANGE', variations],
    [{ ...article('x', 1), type: 'CATEGORY' }, 'FIELD_VALUE', 'object.item_data'],
    [{ ...article('x', 1), type: 'IMAGE' }, 'FIELD_VALUE', 'object.type'],
    [{ type: 'TAX', id: '#x' }, 'FIELD_REQUIRED', 'object.tax_data'],
    [
      { type: 'CATEGORY', id: '#x', category_data: { name: ' ' } },
      'FIELD_REQUIRED',
      'object.category_data.name',
    ],
    [
      { type: 'CATEGORY', id: 'itm_0000000000001', category_data: { name: 'x' } },
      'ID_MALFORMED',
      'object.id',
    ],
    [
      { type: 'TAX', id: '#x', tax_data: { name: 'x', percentage: '5,5' } },
      'FIELD_VALUE',
      'object.tax_data.percentage',
    ],
    [
      { type: 'TAX', id: '#x', tax_data: { name: 'x', percentage: '101' } },
      'FIELD_VALUE',
      'object.tax_data.percentage',
    ],
    [{ ...article('x', 1), id: 'itm_1' }, 'ID_MALFORMED', 'object.id'],
    [{ ...article('x', 1), position: 1_000_001 }, 'FIELD_RANGE', 'object.position'],
    [{ ...article('x', 1), version: -1 }, 'FIELD_RANGE', 'object.version'],
  ]) {
    const { status, body } = await put(object)
    assert.deepEqual([status, body.errors?.[0].code, body.errors?.[0].field], [400, code, field])
  }
  const of = (more) => {
    const object = article('x', 1)
    Object.assign(object.item_data, more)
    return object
  }
  const [told] = article('x', 1).item_data.variations
  for (const [object, code, field] of [
    [{ ...article('x', 1), id: 'itm_0000000000001' }, 'ITEM_UNKNOWN'],
    [of({ category_id: 'cat_0000000000001' }), 'CATEGORY_UNKNOWN', 'object.item_data.category_id'],
    [of({ tax_ids: ['tax_0000000000001'] }), 'TAX_UNKNOWN', 'object.item_data.tax_ids'],
    [
      of({ variations: [{ ...told, id: 'var_0000000000001' }] }),
      'VARIATION_UNKNOWN',
      'object.item_data.variations',
    ],
  ]) {
    const { status, body } = await put(object)
    assert.deepEqual([status, body.errors[0].code, body.errors[0].field], [404, code, field])
  }
  const sku = { ...told, item_variation_data: { ...told.item_variation_data, sku: 'TWICE' } }
  const twice = await put(of({ variations: [sku, sku] }))
  assert.deepEqual([twice.status, twice.body.errors[0].code], [400, 'SKU_TAKEN'])
  const kinds = await server.api('POST', '/v2/catalog/batch-retrieve', { object_ids: ['cus_1'] })
  assert.deepEqual([kinds.status, kinds.body.errors[0].field], [400, 'object_ids[0]'])
  const types = await server.api('GET', '/v2/catalog/list?types=ITEM,IMAGE')
  assert.deepEqual([types.status, types.body.errors[0].field], [400, 'types'])
})
