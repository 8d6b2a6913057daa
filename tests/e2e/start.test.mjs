/*
 * The start page speaks the browser's language and leads on. Every state of every app is examined by
 * access_APP.test.mjs.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkAccess, openBrowser, openPage, SIZES } from '../support/browser.mjs'
import { Server } from '../support/server.mjs'

let server
let browser

before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())

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
