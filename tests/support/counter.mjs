/*
 * counter — what stands on a demo shop's counter: a till that closes sales, and the tablet beside it.
 */
import { sale } from './story.mjs'

/* The till and the tablet's code of one of a merchant's tablets. */
export function counterOf(server, place = 0, merchant = server.demo.merchants[0]) {
  const tablet = merchant.tablets[place]
  const registers = merchant.locations.flatMap((location) => location.registers)
  const register = registers.find(({ id }) => id === tablet.register_id)
  return {
    merchant,
    tabletId: tablet.id,
    code: tablet.pairing_code,
    locationId: tablet.location_id,
    register: register.vendor_register,
    /* A sale that the till has just closed, paid with this many cents. */
    async sell(total, changes = {}) {
      const message = sale(register.vendor_register, total, changes)
      const reply = await server.feed(message, merchant)
      if (reply.status !== 200)
        throw new Error(`the feed gave ${reply.status} ${JSON.stringify(reply.body)}`)
      return { saleId: message.sale_id, orderId: reply.body.order.id }
    },
  }
}

/* Types the code as the person at the counter does, and waits for the idle screen. */
export async function activate(page, server, code, merchant = server.demo.merchants[0]) {
  await page.goto(`${server.url}/tablet/`)
  await page.getByLabel('Code de la borne').fill(code)
  await page.getByRole('button', { name: 'Relier cette borne' }).click()
  await page.getByRole('heading', { level: 1, name: merchant.name }).waitFor()
}

/* Touches the keys of the keypad, one by one. */
export async function touchKeys(page, digits) {
  const keypad = page.getByRole('group', { name: 'Clavier du téléphone' })
  for (const digit of digits) await keypad.getByRole('button', { name: digit, exact: true }).tap()
}

/* Five taps in an upper corner, as the shop's people know them. */
export async function openStaffMenu(page) {
  for (let i = 0; i < 5; i++) await page.touchscreen.tap(12, 12)
  await page.getByRole('region', { name: 'Menu du personnel' }).waitFor()
}

/* Fills in a person's sign-in where the tablet asks for it. */
export async function signIn(page, { email, password }) {
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.getByRole('button', { name: 'Me connecter', exact: true }).click()
}
