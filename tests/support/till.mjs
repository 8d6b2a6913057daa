/*
 * till — the hands at our own till: signing in, keys, a barcode scanner, and what the server kept.
 */
import { ok } from './story.mjs'
import { cookieOf } from './cookies.mjs'

export const owner = (server) => server.demo.merchants[0].staff.find(({ role }) => role === 'owner')
export const cashier = (server) =>
  server.demo.merchants[0].staff.find(({ role }) => role === 'cashier')

/* From the first screen to an empty basket at the shop's first place. */
export async function openTill(page, server, person = owner(server)) {
  await page.goto(`${server.url}/till/`)
  await signIn(page, person)
  await page.getByRole('button', { name: server.demo.merchants[0].locations[0].name }).click()
  await page.getByRole('button', { name: 'Fermer la caisse' }).waitFor()
}

export async function signIn(page, { email, password }) {
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.getByRole('button', { name: 'Ouvrir la caisse' }).click()
}

/* Touches the keys of a keypad, one by one. */
export async function touchPad(page, keys, name = 'Clavier du montant') {
  const pad = page.getByRole('group', { name })
  for (const key of keys) await pad.getByRole('button', { name: key, exact: true }).tap()
}

/* Keys at the speed of a quick hand. */
export const type = (page, text) => page.keyboard.type(text, { delay: 70 })

/* The key of the American keyboard that gives a character. */
function placeOf(character) {
  if (character === ':') return { code: 'Semicolon', shift: true }
  if (/\d/.test(character)) return { code: `Digit${character}`, shift: false }
  return { code: `Key${character.toUpperCase()}`, shift: character !== character.toLowerCase() }
}

/* What a French computer takes these places for. */
const FRENCH = {
  ...Object.fromEntries([...'1234567890'].map((digit, i) => [digit, [...'&é"\'(-è_çà'][i]])),
  ...{ A: 'Q', Q: 'A', Z: 'W', W: 'Z', M: '?', ':': 'M' },
}

/*
 * A barcode scanner: strokes 2 ms apart, then Enter. `french`: it believes to be at an American
 * keyboard, and the computer has a French one. The times are the events' own, however slow the test.
 */
export async function scan(page, text, { french = false } = {}) {
  const session = await page.context().newCDPSession(page)
  let at_ms = Date.now()
  const strokes = [...text].map((character) => {
    const { code, shift } = placeOf(character)
    return {
      code,
      modifiers: shift ? 8 : 0,
      key: french ? (FRENCH[character] ?? character) : character,
    }
  })
  const send = (type, stroke) => {
    at_ms += 1
    const typed = type === 'keyUp' || stroke.key === 'Enter' ? {} : { text: stroke.key }
    return session.send('Input.dispatchKeyEvent', {
      type,
      timestamp: at_ms / 1000,
      ...stroke,
      ...typed,
    })
  }
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }
  await Promise.all(
    [...strokes, enter].flatMap((stroke) => [send('keyDown', stroke), send('keyUp', stroke)]),
  )
  await session.detach()
}

/* The sales that the server kept, newest first. */
export async function salesOf(server) {
  return ok(await server.api('POST', '/v2/orders/search', { query: { filter: {} }, limit: 100 }))
    .orders
}

export async function accountOf(server, phone) {
  const query = { mappings: [{ phone_number: phone }] }
  return ok(await server.api('POST', '/v2/loyalty/accounts/search', { query }))
    .loyalty_accounts?.[0]
}

/* Somebody who joined at a till with this many cents; gives what the till knows of them. */
export async function member(server, phone, total = 2500) {
  const sold = ok(
    await server.api('POST', '/v2/till/sales', {
      sale: { lines: [{ name: 'Panier', price_money: { amount: total, currency: 'EUR' } }] },
      idempotency_key: `member ${phone}`,
    }),
  )
  const opened = ok(await server.api('POST', '/v2/till/open', {}))
  const { version, language } = opened.notice
  const { claim } = ok(
    await server.api('POST', `/v2/till/sales/${sold.order.id}/claim`, {
      phone_number: phone,
      customer: { given_name: 'Marie', family_name: 'Dupont' },
      consent: { notice_version: version, language },
      idempotency_key: `claim ${phone}`,
    }),
  )
  return { customerId: claim.customer_id, accountId: claim.account.id, saleId: sold.order.id }
}

/* What the QR code of a customer's card says: they sign in on their phone with the till's code. */
export async function cardOf(server, customer_id) {
  const { sign_in } = ok(await server.api('POST', '/v2/till/sign-in-link', { customer_id }))
  const [, shop, token] = /\/app\/([^/]+)\/#in=(.+)$/.exec(sign_in.url)
  const reply = await server.ask('POST', `/v2/app/${shop}/session/link`, { body: { token } })
  ok(reply)
  const cookie = cookieOf(reply)
  const card = ok(await server.ask('GET', `/v2/app/${shop}/card`, { headers: { cookie } }))
  return `HABITUE:${card.card_code.toUpperCase()}`
}

/* Articles of 1,50 €, the second one of 2,00 €, in two families. */
export async function makeArticles(server, names) {
  const families = await Promise.all(['Pains', 'Boissons'].map((name) => familyOf(server, name)))
  for (let from = 0; from < names.length; from += 20)
    await Promise.all(
      names.slice(from, from + 20).map((name, i) => makeArticle(server, name, from + i, families)),
    )
}

/* A category of this name, made when there is none. */
export async function familyOf(server, name) {
  const { objects } = ok(await server.api('GET', '/v2/catalog/list?types=CATEGORY'))
  const found = objects.find(({ category_data }) => category_data.name === name)
  if (found) return found.id
  const object = { type: 'CATEGORY', id: '#family', category_data: { name } }
  const idempotency_key = `family ${name}`
  return ok(await server.api('POST', '/v2/catalog/object', { idempotency_key, object }))
    .catalog_object.id
}

async function makeArticle(server, name, i, families) {
  const price_money = { amount: i === 1 ? 200 : 150, currency: 'EUR' }
  const item_variation_data = { pricing_type: 'FIXED_PRICING', price_money }
  const object = {
    type: 'ITEM',
    id: '#new',
    item_data: {
      name,
      category_id: families[i % 2],
      variations: [{ type: 'ITEM_VARIATION', id: '#v', item_variation_data }],
    },
  }
  const idempotency_key = `article ${name}`
  ok(await server.api('POST', '/v2/catalog/object', { idempotency_key, object }))
}
