/*
 * desk — somebody of a demo shop's team before the dashboard.
 */
import { openPage } from './browser.mjs'

export const DESKTOP = { width: 1440, height: 900 }

export function staffOf(server, role = 'owner', merchant = server.demo.merchants[0]) {
  return merchant.staff.find((member) => member.role === role)
}

/* Fills in the door's form, or that of the dialog over a page, and presses Enter. */
export async function signIn(page, { email, password }) {
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.keyboard.press('Enter')
}

/* A page of the dashboard with somebody signed in, at a path such as '/customers'. */
export async function openDesk(browser, server, { role, path = '/', ...options } = {}) {
  const tab = await openPage(browser, { size: DESKTOP, ...options })
  await tab.page.goto(`${server.url}/dashboard${path}`)
  await signIn(tab.page, staffOf(server, role))
  await tab.page.locator('main#content').waitFor()
  return tab
}

/* The API's answer as the first merchant, which must be a success. */
export async function ask(server, method, path, body) {
  const reply = await server.api(method, path, body)
  if (reply.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(reply.body)}`)
  return reply.body
}

/* A member of the programme with these points. Gives the customer and the account. */
export async function addMember(server, fields, points = 0) {
  const program = server.demo.merchants[0].programs[0].id
  const key = () => Math.random().toString(36).slice(2)
  const { customer } = await ask(server, 'POST', '/v2/customers', {
    ...fields,
    idempotency_key: key(),
  })
  const { loyalty_account } = await ask(server, 'POST', '/v2/loyalty/accounts', {
    loyalty_account: { program_id: program, customer_id: customer.id },
    idempotency_key: key(),
  })
  if (points > 0)
    await ask(server, 'POST', `/v2/loyalty/accounts/${loyalty_account.id}/adjust`, {
      adjust_points: { points },
      idempotency_key: key(),
    })
  return { customer, account: loyalty_account }
}

export async function balanceOf(server, { id }) {
  return (await ask(server, 'GET', `/v2/loyalty/accounts/${id}`)).loyalty_account.balance
}

/* What was adjusted by hand on an account, newest first. */
export async function adjustmentsOf(server, { id }) {
  const filter = {
    loyalty_account_filter: { loyalty_account_id: id },
    type_filter: { types: ['ADJUST_POINTS'] },
  }
  const { events } = await ask(server, 'POST', '/v2/loyalty/events/search', { query: { filter } })
  return events
}

/* Articles of the first merchant, in a category of their own: { category, articles }, by their names. */
export async function addArticles(server, category, names, price = 250) {
  const put = async (object) =>
    (
      await ask(server, 'POST', '/v2/catalog/object', {
        object,
        idempotency_key: Math.random().toString(36).slice(2),
      })
    ).catalog_object
  const { id } = await put({ type: 'CATEGORY', id: '#new', category_data: { name: category } })
  const articles = {}
  for (const name of names) {
    const { item_data } = await put({
      type: 'ITEM',
      id: '#new',
      item_data: {
        name,
        category_id: id,
        variations: [
          {
            type: 'ITEM_VARIATION',
            id: '#one',
            item_variation_data: {
              name,
              pricing_type: 'FIXED_PRICING',
              price_money: { amount: price, currency: 'EUR' },
            },
          },
        ],
      },
    })
    articles[name] = item_data.variations[0].id
  }
  return { category: id, articles }
}

/* A sale of the first merchant's till to a customer. */
export async function sellTo(server, customer, lines) {
  const [{ locations }] = server.demo.merchants
  return ask(server, 'POST', '/v2/till/sales', {
    location_id: locations[0].id,
    sale: { customer_id: customer.id, lines },
    idempotency_key: Math.random().toString(36).slice(2),
  })
}

/* ---- on a page of the dashboard ---- */
export const button = (page, name) => page.getByRole('button', { name, exact: true })

/* Closes the dialog on top; what it lay on stays. */
export async function leave(page) {
  const open = await page.locator('dialog[open]').count()
  await page.keyboard.press('Escape')
  await page.waitForFunction(
    (before) => document.querySelectorAll('dialog[open]').length < before,
    open,
  )
}

/* A walk's way to an address, until that is seen there. */
export const at = (path, seen) => async (page, shop) => {
  await page.goto(`${shop.url}/dashboard${path}`)
  await page.getByText(seen).first().waitFor()
}

/* A walk's way in. */
export async function enter(page, shop) {
  await page.goto(`${shop.url}/dashboard/`)
  await signIn(page, staffOf(shop))
  await page.getByRole('navigation').first().waitFor()
}
