/*
 * Takes the pictures of docs/pictures from the real server: a bakery's tablet, in French.
 *
 * Usage: node tests/pictures.mjs FOLDER     (after `make` and `tools/npm-ci tests`)
 */
import { join } from 'node:path'
import { openBrowser, openPage, SIZES } from './support/browser.mjs'
import { activate, counterOf } from './support/counter.mjs'
import { Server } from './support/server.mjs'

const folder = process.argv[2]
if (!folder) {
  console.error('usage: node tests/pictures.mjs FOLDER')
  process.exit(2)
}

async function give(page, phone) {
  await page.keyboard.type(phone)
  await page.keyboard.press('Enter')
  await page.getByRole('progressbar').waitFor()
}

async function takeBakery(server, browser) {
  const { page } = await openPage(browser, { size: SIZES.landscape })
  const counter = counterOf(server)
  const take = async (name) => {
    await page.waitForTimeout(1200) // numbers have run up, bars are filled
    await page.screenshot({ path: join(folder, `${name}.png`) })
  }

  await page.goto(`${server.url}/`)
  await page.getByRole('link').first().waitFor()
  await take('start')
  await page.goto(`${server.url}/tablet/`)
  await page.getByLabel('Code de la borne').fill(counter.code)
  await take('tablet-code')
  await activate(page, server, counter.code)
  await take('tablet-idle')
  await counter.sell(1240)
  await page.getByRole('heading', { name: '12 points' }).waitFor()
  await page.keyboard.type('061234')
  await take('tablet-claim')
  await give(page, '5678')
  await take('tablet-thanks')
  await page.keyboard.press('Escape')
  await counter.sell(960)
  await page.getByRole('heading', { name: '9 points' }).waitFor()
  await give(page, '0612345678')
  await take('tablet-reward')
  await page.keyboard.press('Escape')
  await counter.sell(850)
  await counter.sell(1620)
  await page.getByRole('radio').first().waitFor()
  await page.setViewportSize(SIZES.portrait)
  await page.emulateMedia({ colorScheme: 'dark' })
  await take('tablet-two-sales-dark')
}

async function takeSalon(server, browser) {
  const { page } = await openPage(browser, { size: SIZES.landscape })
  const salon = server.demo.merchants.find(({ name }) => name === 'Salon Nova')
  const counter = counterOf(server, 0, salon)
  await activate(page, server, counter.code, salon)
  for (const visit of [1, 2, 3]) {
    await counter.sell(4500)
    await page.getByRole('heading', { name: '1 tampon' }).waitFor()
    await give(page, '0687654321')
    await page.waitForTimeout(1200)
    if (visit === 3) await page.screenshot({ path: join(folder, 'tablet-stamps.png') })
    await page.keyboard.press('Escape')
  }
}

const server = await Server.start()
const browser = await openBrowser()
try {
  await takeBakery(server, browser)
  await takeSalon(server, browser)
} finally {
  await browser.close()
  await server.remove()
}
