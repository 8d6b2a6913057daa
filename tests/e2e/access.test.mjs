/*
 * Every state of every page, in both themes, on a tablet, on a phone and zoomed to 200 %: axe-core
 * finds nothing, nothing is wider than its screen, and no page offends its own security policy.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkAccess, openBrowser, openPage, SIZES } from '../support/browser.mjs'
import { activate, counterOf } from '../support/counter.mjs'
import { Server } from '../support/server.mjs'

let server
let browser

before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())

async function walkTablet(page, shop) {
  const counter = counterOf(shop)
  const look = (what) => checkAccess(page, what)

  await page.goto(`${shop.url}/tablet/`)
  await page.getByLabel('Code de la borne').fill('2222-2222')
  await look('the code')
  await page.keyboard.press('Enter')
  await page.getByText('Ce code n’est pas le bon').waitFor()
  await look('a wrong code')
  await activate(page, shop, counter.code)
  await look('idle')
  await shop.putLogo(await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 120 } }))
  await page.reload()
  await page.getByRole('img', { name: counter.merchant.name }).waitFor()
  await look('idle, with a logo')
  await counter.sell(1240)
  await page.getByRole('heading', { name: '12 points' }).waitFor()
  await look('points landed')
  await page.keyboard.type('061')
  await counter.sell(3000)
  await page.getByRole('radio').first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Ce numéro ne semble pas complet.').waitFor()
  await look('two sales and a wrong number')
  await page.keyboard.type('2345678')
  await page.keyboard.press('Enter')
  await page.getByRole('progressbar').waitFor()
  await look('thank you')
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: '30 points' }).waitFor()
  await page.keyboard.type('0612345678')
  await page.keyboard.press('Enter')
  await page.getByText('C’est à vous !').waitFor()
  await look('a reward is reached')
  await page.keyboard.press('Escape')
  await counter.sell(100)
  await page.getByRole('heading', { name: '1 point', exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Un achat attend encore ses points').waitFor()
  await look('idle, one sale set aside')
  await shop.end()
  await page.getByText('Pas de connexion.').waitFor()
  await look('offline')
}

for (const [name, theme] of [
  ['landscape', 'light'],
  ['portrait', 'dark'],
  ['phone', 'light'],
  ['zoomed', 'dark'],
]) {
  test(`the tablet, ${name}, ${theme}`, async () => {
    server = await Server.start()
    const { page, complaints, close } = await openPage(browser, {
      size: SIZES[name],
      theme,
    })
    try {
      await walkTablet(page, server)
      assert.deepEqual(complaints, [])
    } finally {
      await close()
      await server.remove()
    }
  })
}

test('the start page speaks the browser’s language and leads to the tablet', async () => {
  server = await Server.start()
  try {
    for (const [locale, sentence] of [
      ['fr-FR', 'Pour que vos clients reviennent.'],
      ['en-GB', 'So that your customers come back.'],
    ]) {
      const { page, complaints, close } = await openPage(browser, {
        locale,
        size: SIZES.phone,
      })
      await page.goto(`${server.url}/`)
      await page.getByText(sentence).waitFor()
      await checkAccess(page, `start, ${locale}`)
      await page.getByRole('link').first().click()
      await page.getByRole('textbox').waitFor()
      assert.deepEqual(complaints, [])
      await close()
    }
  } finally {
    await server.remove()
  }
})
