/*
 * browser — Debian's Chromium for a test, as a tablet on the counter has it: a French page of a
 * chosen size, its complaints collected, and axe-core to look at what it shows.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const AXE_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const SIZES = {
  landscape: { width: 1180, height: 820 },
  portrait: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
  /* A tablet at 200 % zoom. */
  zoomed: { width: 590, height: 410 },
}

export function openBrowser() {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
}

/* A page of its own, with no cookies. `complaints` gathers what the page did wrong. */
export async function openPage(
  browser,
  { size = SIZES.landscape, theme = 'light', locale = 'fr-FR', motion = 'reduce' } = {},
) {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: theme,
    locale,
    reducedMotion: motion,
    hasTouch: true,
    timezoneId: 'Europe/Paris',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text())
  })
  return { page, complaints, close: () => context.close() }
}

/* Fails on anything that axe-core finds wrong, and on a page that is wider than its screen. */
export async function checkAccess(page, what) {
  await page.evaluate(AXE)
  const { violations, passes } = await page.evaluate(
    (rules) => window.axe.run(document, { runOnly: rules }),
    AXE_RULES,
  )
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`,
  )
  assert.deepEqual(found, [], what)
  assert.ok(passes.length > 10, `${what}: axe looked at the page`)
  await checkWidth(page, what)
}

/* Nothing is wider than the screen: who enlarges the text must not push it to and fro. */
export async function checkWidth(page, what) {
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  )
  assert.ok(tooWide <= 0, `${what}: ${tooWide} px wider than the screen`)
}

/* Letters twice as large, as a person sets them in the browser; gives what takes it back. */
export async function doubleText(page) {
  await page.evaluate(() => {
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`html { font-size: ${size * 2}px !important }`)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    window.doubledText = sheet
  })
  return () =>
    page.evaluate(() => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
        (sheet) => sheet !== window.doubledText,
      )
    })
}
