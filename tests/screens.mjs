/*
 * Photographs every screen and state of the apps at three widths in both themes, and lays the pictures
 * out in one page: FOLDER/index.html. How a state is added: tests/support/walk.mjs.
 *
 * Usage: node tests/screens.mjs FOLDER [APP…]     (after `make` and `tools/npm-ci tests`)
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openBrowser } from './support/browser.mjs'
import { apps, settle, THEMES, walk, WIDTHS } from './support/walk.mjs'

const [folder, ...chosen] = process.argv.slice(2)
if (!folder) {
  console.error('usage: node tests/screens.mjs FOLDER [APP…]')
  process.exit(2)
}
/* What is longer than this many screens is cut: nobody scrolls a contact sheet. */
const SCREENS_MAX = 2.5

async function photograph(page, path) {
  const { width, height } = page.viewportSize()
  // Behind a dialog the page is not what is looked at.
  const whole = await page.evaluate(() =>
    document.querySelector('dialog[open]') ? 0 : document.documentElement.scrollHeight,
  )
  const clip = {
    x: 0,
    y: 0,
    width,
    height: Math.min(Math.max(whole, height), height * SCREENS_MAX),
  }
  await page.screenshot({ path, fullPage: whole > height, clip })
}

/* All pictures of one state, without leaving it. */
async function takeState(page, app, state, place) {
  const pictures = []
  for (const [width, size] of Object.entries(WIDTHS)) {
    await page.setViewportSize(size)
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme })
      await settle(page)
      const number = String(place).padStart(2, '0')
      const file = `${app}/${number}-${state.replace(/\W+/g, '-')}-${width}-${theme}.png`
      await photograph(page, join(folder, file))
      pictures.push({ file, width, theme })
    }
  }
  return { app, state, pictures }
}

async function takeApp(browser, app) {
  await rm(join(folder, app), { recursive: true, force: true })
  await mkdir(join(folder, app), { recursive: true })
  const taken = []
  const complaints = await walk(app, browser, WIDTHS.desktop, async (page, { name }) => {
    taken.push(await takeState(page, app, name, taken.length + 1))
    console.log(`${app}: ${name}`)
  })
  for (const complaint of complaints) console.error(`${app}: ${complaint}`)
  return taken
}

const escape = (text) => text.replace(/[&<"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

function sheet(states) {
  const figure = ({ file, width, theme }) =>
    `<a href="${escape(file)}" class="${width}"><img src="${escape(file)}" loading="lazy" alt="${width}, ${theme}"></a>`
  const title = ({ app, state }) => `<h2>${escape(app)} <span>${escape(state)}</span></h2>`
  const part = (one) =>
    `<section>${title(one)}<div>${one.pictures.map(figure).join('')}</div></section>`
  return `<!doctype html><meta charset="utf-8"><title>Habitué: every screen</title>
<style>
  body { margin: 2rem; background: #ddd6c8; color: #211b14; font: 15px/1.4 system-ui, sans-serif }
  h2 { margin: 2.5rem 0 .75rem; font-size: 1.1rem } h2 span { font-weight: 400 }
  div { display: flex; gap: 12px; align-items: start; overflow-x: auto }
  img { display: block; height: auto; border-radius: 6px; box-shadow: 0 1px 8px #0003 }
  .phone img { width: 195px } .tablet img { width: 300px } .desktop img { width: 520px }
</style>
<h1>Every screen</h1>
${states.map(part).join('\n')}
`
}

const browser = await openBrowser()
const states = []
const failures = []
try {
  for (const app of chosen.length ? chosen : await apps())
    try {
      states.push(...(await takeApp(browser, app)))
    } catch (error) {
      failures.push(error.message)
    }
} finally {
  await browser.close()
}
await writeFile(join(folder, 'index.html'), sheet(states))
for (const failure of failures) console.error(failure)
console.log(`${states.length} states in ${join(folder, 'index.html')}`)
process.exit(failures.length ? 1 : 0)
