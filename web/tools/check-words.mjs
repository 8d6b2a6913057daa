// Fails on a word that is missing, unused, or has other placeholders than in French.
// Every app's catalogue is a folder shared/i18n/APP with one file per language.
// usage: node tools/check-words.mjs
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformWithEsbuild } from 'vite'

const WEB = fileURLToPath(new URL('..', import.meta.url))
const WORDS = join(WEB, 'shared/i18n')
const ERRORS = join(WEB, '../src/base/err.def')
const LANGUAGES = ['fr', 'en', 'es']
/** Keys made while the program runs: each must be used through a text of this beginning. */
const MADE = ['error.', 'gone.']
/** Names that only the apps give, beside those of err.def. */
const OWN_ERRORS = ['OFFLINE', 'other']

const complaints = []

function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourcesIn(path)
    return /\.(svelte|ts)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name)
      ? [readFileSync(path, 'utf8')]
      : []
  })
}

async function wordsOf(app, language) {
  const path = join(WORDS, app, `${language}.ts`)
  const { code } = await transformWithEsbuild(readFileSync(path, 'utf8'), path, { format: 'esm' })
  const module = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)
  return module[language]
}

function placeholders(text) {
  const forms = typeof text === 'string' ? [text] : Object.values(text)
  return [...new Set(forms.flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort().join(' ')
}

function compare(app, language, original, words) {
  const where = (key) => `${app}/${language}: ${key}`
  for (const key of Object.keys(original)) {
    const text = words[key]
    const forms = typeof text === 'string' ? [text] : Object.values(text ?? { none: '' })
    if (forms.some((form) => form.trim() === '')) complaints.push(`${where(key)} is missing`)
    else if (placeholders(text) !== placeholders(original[key]))
      complaints.push(`${where(key)} has other placeholders`)
  }
  for (const key of Object.keys(words))
    if (!(key in original)) complaints.push(`${where(key)} is not in French`)
}

function checkUse(app, keys, sources) {
  const used = new Set(
    sources.flatMap((source) =>
      [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]),
    ),
  )
  for (const key of used)
    if (!keys.includes(key)) complaints.push(`${app}: ${key} is used and has no text`)
  for (const key of keys) {
    const beginning = MADE.find((start) => key.startsWith(start))
    const isMade = beginning && sources.some((source) => source.includes('`' + beginning + '${'))
    if (!used.has(key) && !isMade) complaints.push(`${app}: ${key} is used nowhere`)
  }
}

function checkErrors(app, keys) {
  if (!existsSync(ERRORS)) return
  const known = new Set(readFileSync(ERRORS, 'utf8').match(/\b[A-Z][A-Z0-9_]{2,}\b/g))
  for (const key of keys.filter((name) => name.startsWith('error.'))) {
    const code = key.slice('error.'.length)
    const isKnown = OWN_ERRORS.includes(code) || known.has(code) || known.has(`ERR_${code}`)
    if (!isKnown) complaints.push(`${app}: ${key} is no error of src/base/err.def`)
  }
}

const apps = readdirSync(WORDS, { withFileTypes: true }).filter((entry) => entry.isDirectory())
for (const { name: app } of apps) {
  const original = await wordsOf(app, 'fr')
  for (const language of LANGUAGES) compare(app, language, original, await wordsOf(app, language))
  const keys = Object.keys(original)
  checkUse(app, keys, [
    ...sourcesIn(join(WEB, app)),
    ...sourcesIn(join(WORDS, app)),
    ...sourcesIn(join(WEB, 'shared/ui')),
  ])
  checkErrors(app, keys)
}

for (const complaint of complaints) console.error(complaint)
console.log(
  complaints.length
    ? `words: ${complaints.length} complaints`
    : `words: ${apps.length} catalogues, all complete and used`,
)
process.exit(complaints.length ? 1 : 0)
