/*
 * card — a customer with a telephone in their hand: the customer's app of a demo shop, in a browser.
 * The server has to be a demo (--demo 1), where codes are read that are on their way.
 */
import { randomUUID } from 'node:crypto'
import { openPage, SIZES } from './browser.mjs'
import { newPhone } from './guest.mjs'
import { ok } from './story.mjs'

export const DEMO = { args: ['--demo', '1'] }

/* The code in the newest message to an address, as the person reads it. */
export async function readCode(server, address) {
  const { messages } = ok(await server.ask('GET', '/v2/demo/messages'))
  return /\b\d{6}\b/.exec(messages.find((message) => message.address === address).body)[0]
}

/* A telephone of their own: no cookies, no storage, nothing cached. */
export async function openPhone(browser, server, { number = newPhone(), ...options } = {}) {
  const tab = await openPage(browser, { size: SIZES.phone, ...options })
  return new Phone(server, tab, number)
}

export class Phone {
  constructor(server, tab, number) {
    Object.assign(this, { server, number, page: tab.page, complaints: tab.complaints })
    this.close = tab.close
    this.visit('le-fournil', 0)
  }

  /* Another of the demo's shops. */
  visit(slug, place) {
    this.merchant = this.server.demo.merchants[place]
    this.home = `${this.server.url}/app/${slug}/`
  }

  /* As people write it: 06 12 34 56 78. */
  get typed() {
    return `0${this.number.slice(3)}`
  }

  open(path = '') {
    return this.page.goto(this.home + path)
  }

  async askForCode() {
    await this.page.getByLabel('Votre numéro de téléphone').fill(this.typed)
    await this.page.getByRole('button', { name: 'Recevoir mon code' }).click()
    await this.page.getByLabel('Code à 6 chiffres').waitFor()
  }

  lastCode() {
    return readCode(this.server, this.number)
  }

  async typeCode() {
    await this.page.getByLabel('Code à 6 chiffres').fill(await this.lastCode())
  }

  /* From nothing to the card. */
  async join({ path = '' } = {}) {
    await this.open(path)
    await this.askForCode()
    await this.typeCode()
    await this.page.getByRole('button', { name: 'Ouvrir ma carte' }).click()
    await this.seesCard()
  }

  /* Again, with a number that the shop knows. */
  async signIn() {
    await this.open()
    await this.askForCode()
    await this.typeCode()
    await this.seesCard()
  }

  async seesCard() {
    await this.page.getByRole('link', { name: 'Montrer ma carte' }).waitFor()
  }

  /* The big number on the card. */
  async balance() {
    return (await this.page.getByRole('heading', { level: 1 }).innerText()).replace(/\s+/g, ' ')
  }

  async account() {
    const query = { mappings: [{ phone_number: this.number }] }
    return (await this.#askStaff('/v2/loyalty/accounts/search', { query })).loyalty_accounts[0]
  }

  /* What the staff do: points for a purchase. */
  async earn(points) {
    const { id } = await this.account()
    await this.#askStaff(`/v2/loyalty/accounts/${id}/accumulate`, {
      accumulate_points: { points },
      location_id: this.merchant.locations[0].id,
      idempotency_key: randomUUID(),
    })
  }

  async #askStaff(path, body) {
    const headers = { authorization: `Bearer ${this.merchant.api_key}` }
    return ok(await this.server.ask('POST', path, { body, headers }))
  }
}
