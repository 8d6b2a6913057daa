/*
 * walk — every screen and state of an app, written once: for `make screens`, which photographs them,
 * and for the access tests, which examine them.
 *
 * A walk is tests/support/walks/APP.mjs. It exports `states`, a list of { name, go(page, shop) }:
 *
 *   name   what is seen, in a few English words, such as 'a wrong code'
 *   go     leads there from the state before, by what a person would do, and waits until it is seen
 *
 * They are gone through in their order, on one page, with one demo shop of their own (the Server of
 * server.mjs, with its `demo` merchants). What later states need is kept in `shop.walk`, an object.
 * A state may reload, go elsewhere or end the server; it must not care how large the page is, for each
 * is looked at in several sizes, in both themes and with its text doubled. `options` may be exported for
 * openPage() and for the Server: { page: {…}, server: { history: true } }, for a shop with sixty days
 * behind it.
 *
 * To add a state: add it to the list where the journey passes. To add an app: add a file, and a test of
 * one line beside tests/e2e/access_tablet.test.mjs.
 */
import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { test } from 'node:test'
import { checkAccess, checkWidth, doubleText, openBrowser, openPage } from './browser.mjs'
import { Server } from './server.mjs'

/* The three widths that every screen is made for. */
export const WIDTHS = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
}
export const THEMES = ['light', 'dark']

const FOLDER = new URL('./walks/', import.meta.url)

/* The apps that have a walk. */
export async function apps() {
  const files = await readdir(FOLDER)
  return files
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => file.slice(0, -'.mjs'.length))
    .sort()
}

export function readWalk(app) {
  return import(new URL(`${app}.mjs`, FOLDER))
}

/* Goes through an app's states and looks at each; gives what the page complained of. */
export async function walk(app, browser, size, look) {
  const { states, options = {} } = await readWalk(app)
  const shop = await Server.start(options.server)
  shop.walk = {}
  const { page, complaints, close } = await openPage(browser, { ...options.page, size })
  try {
    for (const state of states) {
      await page.setViewportSize(size)
      await state.go(page, shop).catch((error) => {
        error.message = `${app}, ${state.name}: ${error.message}`
        throw error
      })
      await look(page, state)
    }
    return complaints
  } finally {
    await close()
    await shop.remove()
  }
}

/* After a change of size or theme, or once fonts and pictures are there. */
export async function settle(page) {
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  })
}

async function examine(page, { name }) {
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme })
    await settle(page)
    await checkAccess(page, `${name}, ${theme}`)
  }
  const undo = await doubleText(page)
  await settle(page)
  await checkWidth(page, `${name}, its text doubled`)
  await undo()
  await settle(page)
}

/* The tests of one app: every state at every width. */
export function testAccess(app) {
  for (const [width, size] of Object.entries(WIDTHS)) {
    test(`${app}, ${width}: nobody is shut out of any state`, async () => {
      const browser = await openBrowser()
      try {
        assert.deepEqual(await walk(app, browser, size, examine), [])
      } finally {
        await browser.close()
      }
    })
  }
}
