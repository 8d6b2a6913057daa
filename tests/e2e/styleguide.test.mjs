/*
 * Every shared piece on the style guide's page: axe-core at three widths in both themes, with a
 * merchant's colour and the text doubled; dialogs, sheets, tabs, charts and pages by keyboard alone.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkAccess, checkWidth, doubleText, openBrowser, openPage } from '../support/browser.mjs'
import { startStyleguide } from '../support/styleguide.mjs'
import { settle, THEMES, WIDTHS } from '../support/walk.mjs'

let guide
let browser

before(async () => {
  guide = await startStyleguide()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await guide?.close()
})

async function withGuide(options, play) {
  const { page, complaints, close } = await openPage(browser, options)
  try {
    await page.goto(guide.url)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await play(page)
    assert.deepEqual(complaints, [])
  } finally {
    await close()
  }
}

const press = (page, ...keys) =>
  keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve())
const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim())

/* What opens over the page, each by its button, how it is told apart, and what has the focus at first. */
const OVERLAYS = [
  ['Corriger les points', 'Corriger les points de Marie', 'INPUT'],
  ['Ouvrir la fiche', /^Marie-Antoinette/, 'H2'],
  ['Supprimer la borne', 'Supprimer la borne « Comptoir » ?', 'Ne rien faire'],
]

for (const [width, size] of Object.entries(WIDTHS)) {
  test(`every piece, ${width}: axe finds nothing`, () =>
    withGuide({ size }, async (page) => {
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme })
        await settle(page)
        await checkAccess(page, theme)
        for (const [button, name] of OVERLAYS) {
          await page.getByRole('button', { name: button, exact: true }).first().click()
          await page.getByRole('dialog', { name }).waitFor()
          await checkAccess(page, `${button}, ${theme}`)
          await page.keyboard.press('Escape')
        }
      }
      await doubleText(page)
      await checkWidth(page, 'its text doubled')
    }))
}

for (const colour of ['#ffd500', '#e91e63', '#101010', '#00b5e2']) {
  test(`every piece in a merchant’s ${colour}: axe finds nothing`, () =>
    withGuide({ size: WIDTHS.tablet }, async (page) => {
      await page.getByLabel('Couleur du commerce', { exact: false }).last().fill(colour)
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme })
        await settle(page)
        const shown = await page.evaluate(() =>
          getComputedStyle(document.documentElement).getPropertyValue('--brand'),
        )
        assert.equal(shown, colour)
        await checkAccess(page, `${colour}, ${theme}`)
      }
    }))
}

for (const [button, name, first] of OVERLAYS) {
  test(`“${button}” by keyboard: focus goes in, stays, and comes back`, () =>
    withGuide({ size: WIDTHS.desktop }, async (page) => {
      const opener = page.getByRole('button', { name: button, exact: true }).first()
      const dialog = page.getByRole('dialog', { name })
      await opener.focus()
      await press(page, 'Enter')
      await dialog.waitFor()
      const tag = await page.evaluate(() => document.activeElement?.tagName)
      assert.equal(tag === 'BUTTON' ? await focused(page) : tag, first)
      for (let i = 0; i < 12; i += 1) {
        await press(page, 'Tab')
        const isOutside = await page.evaluate(
          () =>
            document.activeElement !== document.body && !document.activeElement?.closest('dialog'),
        )
        assert.equal(isOutside, false, `after ${i + 1} tabs`)
      }
      await press(page, 'Escape')
      await dialog.waitFor({ state: 'detached' })
      assert.equal(await focused(page), button)
    }))
}

test('what is being sent cannot be closed, and its button keeps the focus', () =>
  withGuide({ size: WIDTHS.desktop }, async (page) => {
    await page.getByRole('button', { name: 'Supprimer la borne', exact: true }).first().click()
    const dialog = page.getByRole('dialog')
    const action = dialog.getByRole('button', { name: 'Supprimer la borne' })
    await action.focus()
    await press(page, 'Enter')
    await press(page, 'Escape', 'Enter') // neither closes nor sends again
    assert.equal(await action.getAttribute('aria-busy'), 'true')
    assert.equal(await focused(page), 'Supprimer la borne')
    await page.getByRole('status').getByText('La borne est supprimée.').waitFor()
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await page.getByText('La borne est supprimée.').count(), 1)
  }))

test('the two lists are worked by keyboard alone', () =>
  withGuide({ size: WIDTHS.desktop }, async (page) => {
    const available = page.getByRole('listbox', { name: 'Articles du catalogue' })
    const chosen = page.getByRole('listbox', { name: 'Ce que vous avez choisi' })
    const names = () => chosen.getByRole('option').allTextContents()
    const said = (words) => page.getByRole('status').getByText(words).waitFor()
    const active = async (list) =>
      page.locator(`[id="${await list.getAttribute('aria-activedescendant')}"]`).textContent()
    const whole = 'Toute la catégorie Boissons chaudes'
    assert.deepEqual(
      (await names()).map((name) => name.trim().slice(0, 20)),
      [whole.slice(0, 20), 'Pains no 4, aux noix', 'Article retiré du ca'],
    )

    await page.getByRole('searchbox', { name: 'Chercher un article ou une catégorie' }).focus()
    await page.keyboard.type('gateaux 12')
    await press(page, 'ArrowDown', 'Enter')
    await said(/^Ajouté\s: Gâteaux no 12$/)
    assert.equal((await names()).length, 4)
    await press(page, ' ')
    await said(/^Retiré\s: Gâteaux no 12$/)

    await press(page, 'Shift+Tab', 'Shift+Tab')
    await page.getByRole('searchbox', { name: 'Chercher un article ou une catégorie' }).fill('')
    await available.focus()
    await press(page, 'Home', 'ArrowDown', 'ArrowDown', 'PageDown', 'ArrowUp')
    assert.match(await active(available), /^Pains no 11/)
    await press(page, 'End')
    assert.match(await active(available), /^Gâteaux no 60/)
    await available.getByRole('option', { name: /^Boissons chaudes no 1 / }).click({ force: true })
    await said('Boissons chaudes no 1 vient avec sa catégorie.')
    assert.equal((await names()).length, 3)

    await chosen.focus()
    await press(page, 'Home', 'Delete')
    await said(/^Retiré\s: Boissons chaudes$/)
    await press(page, 'End', 'Enter')
    assert.equal((await names()).length, 1)
    await page.getByRole('button', { name: 'Tout retirer' }).click()
    await page.getByText('Rien pour l’instant.', { exact: false }).waitFor()
    await page.getByRole('radio', { name: 'Tout le catalogue' }).check()
    await available.waitFor({ state: 'detached' })
  }))

test('a toast offers to undo, and does', () =>
  withGuide({ size: WIDTHS.phone }, async (page) => {
    await page.getByRole('button', { name: 'Retirer une récompense' }).click()
    await page.getByText('Retirée', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Annuler', exact: true }).click()
    await page.getByText('En place', { exact: true }).waitFor()
  }))

test('tabs and charts are read with arrows', () =>
  withGuide({ size: WIDTHS.desktop }, async (page) => {
    await page.getByRole('tab', { name: /^Tout/ }).focus()
    await press(page, 'ArrowRight')
    await page.getByText('Vue : earned').waitFor()
    await press(page, 'End')
    await page.getByText('Vue : spent').waitFor()

    await page.getByRole('group', { name: /^Chiffre d’affaires par jour/ }).focus()
    await press(page, 'Home')
    await page
      .getByRole('status')
      .getByText(/^24 octobre : [\d\s]+,\d\d\s€$/u)
      .waitFor()
    await press(page, 'ArrowRight', 'ArrowRight', 'End')
    await page
      .getByRole('status')
      .getByText(/^22 novembre : /)
      .waitFor()
    await press(page, 'Tab', 'Enter')
    const rows = page.getByRole('table', { name: 'Chiffre d’affaires par jour' }).getByRole('row')
    await rows.first().waitFor()
    assert.equal(await rows.count(), 31)
  }))

test('an amount is understood as it is typed, and written as the country does', () =>
  withGuide({ size: WIDTHS.phone }, async (page) => {
    const amount = page.getByLabel('Montant', { exact: true })
    for (const typed of ['1234.5', '1 234,5', '1234,50 €']) {
      await amount.fill(typed)
      await page.getByText(/^C’est 1\s234,50\s€\.$/u).waitFor()
      await amount.blur()
      assert.equal(await amount.inputValue(), '1234,50')
    }
    await amount.fill('douze')
    await page.getByText('Écrivez un montant.').waitFor()
    await amount.blur()
    assert.equal(await amount.inputValue(), 'douze') // nothing typed is lost
  }))

test('a phone number is spaced while it is typed, also in its middle', () =>
  withGuide({ size: WIDTHS.phone }, async (page) => {
    const phone = page.getByLabel('Téléphone', { exact: true })
    await phone.fill('')
    await phone.pressSequentially('061x2345')
    assert.equal(await phone.inputValue(), '06 12 34 5')
    await press(page, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'Backspace')
    await page.keyboard.type('9')
    assert.equal(await phone.inputValue(), '06 12 94 5')
  }))

test('pages change without loading, begin at their heading, and Back finds the place again', () =>
  withGuide({ size: WIDTHS.desktop }, async (page) => {
    const links = page.getByRole('navigation', { name: 'Parties' })
    await page.evaluate(() => (window.wasHere = true))
    await page.evaluate(() => window.scrollTo(0, 1500))
    await links.getByRole('link', { name: 'Boutons' }).focus()
    await press(page, 'Enter')
    await page.getByRole('heading', { level: 1, name: 'Boutons' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
    assert.equal(new URL(page.url()).pathname, '/styleguide/buttons')
    assert.equal(await page.evaluate(() => window.scrollY), 0)
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Les pièces d’Habitué' }).waitFor()
    await page.waitForFunction(() => Math.abs(window.scrollY - 1500) < 3)
    assert.equal(await page.evaluate(() => window.wasHere), true)
    const [other] = await Promise.all([
      page.context().waitForEvent('page'),
      links.getByRole('link', { name: 'Champs' }).click({ modifiers: ['Control'] }),
    ])
    await other.getByRole('heading', { level: 1, name: 'Champs' }).waitFor()
    await other.close()
  }))
