// Fails on a word that is missing, unused, or has other placeholders than in French.
// Every app's catalogue is a folder shared/i18n/APP with one file per language; others belong to pieces that
// several apps share. A source uses the one that it imports from, whatever it calls its `t`.
//
// A key may be made while the program runs: t(`error.${code}`). Then every key of that beginning must end
// in a name that somebody can give: one of src/base/err.def, of openapi/openapi.yaml, or a word that
// stands in the app's sources. Where the names are a TypeScript union, svelte-check refuses a missing one.
// usage: node tools/check-words.mjs
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformWithEsbuild } from 'vite'

const WEB = fileURLToPath(new URL('..', import.meta.url))
const WORDS = join(WEB, 'shared/i18n')
const LANGUAGES = ['fr', 'en', 'es']
/** Names that only the apps give, beside those of err.def. */
const OWN_ERRORS = ['OFFLINE', 'other']

const complaints = []

function sourcesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourcesIn(path)
    return /\.(svelte|ts)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name)
      ? [{ path, text: readFileSync(path, 'utf8') }]
      : []
  })
}

const wordsIn = (path) =>
  existsSync(path) ? (readFileSync(path, 'utf8').match(/\b[A-Za-z]\w+\b/g) ?? []) : []
const ERRORS = new Set([
  ...OWN_ERRORS,
  ...wordsIn(join(WEB, '../src/base/err.def')).map((name) => name.replace(/^ERR_/, '')),
])
const SERVER_NAMES = new Set(wordsIn(join(WEB, '../openapi/openapi.yaml')))

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

/** What a source calls the functions of a catalogue: [local name, what it is there]. */
function namesFor(app, { path, text }) {
  if (path.startsWith(join(WORDS, app, '/')))
    return [
      ['t', 't'],
      ['find', 'find'],
    ]
  const imports = text.matchAll(/import\s*\{([^}]*)\}\s*from\s*'[^']*\/i18n\/([\w-]+)'/g)
  return [...imports]
    .filter(([, , from]) => from === app)
    .flatMap(([, names]) => names.split(','))
    .map((name) => name.trim().split(/\s+as\s+/))
    .map(([there, here = there]) => [here, there])
}

/** The keys that a source names, those that it may name, and the beginnings of those that it makes. */
function usesIn(app, source) {
  const uses = { keys: [], perhaps: [], beginnings: [] }
  const ours = namesFor(app, source).filter(([, there]) => there === 't' || there === 'find')
  for (const [here] of ours) {
    const calls = [...source.text.matchAll(new RegExp(`\\b${here}\\(([^)]*)`, 'g'))]
    for (const [, inside] of calls) {
      uses.keys.push(...[...inside.matchAll(/^\s*'([^'\n]+)'/g)].map((match) => match[1]))
      uses.perhaps.push(...[...inside.matchAll(/'([^'\n]+)'/g)].map((match) => match[1]))
    }
  }
  // A key may be named far from where it is said, in a table or by a class without words.
  uses.perhaps.push(...[...source.text.matchAll(/'(\w+\.[\w.]+)'/g)].map((match) => match[1]))
  uses.beginnings.push(...[...source.text.matchAll(/`(\w[\w.]*\.)\$\{/g)].map((match) => match[1]))
  return uses
}

function checkUse(app, keys, sources) {
  const uses = sources.map((source) => usesIn(app, source))
  const named = new Set(uses.flatMap((use) => use.keys))
  const used = new Set([...named, ...uses.flatMap((use) => use.perhaps)])
  const beginnings = new Set(uses.flatMap((use) => use.beginnings))
  const spoken = new Set(
    sources
      .filter(({ path }) => !path.startsWith(WORDS))
      .flatMap(({ text }) => text.match(/\b\w+\b/g) ?? []),
  )
  const isGiven = (beginning, name) =>
    beginning === 'error.' ? ERRORS.has(name) : SERVER_NAMES.has(name) || spoken.has(name)

  for (const key of named)
    if (!keys.includes(key)) complaints.push(`${app}: ${key} is used and has no text`)
  for (const key of keys.filter((one) => !used.has(one))) {
    const beginning = [...beginnings].find((start) => key.startsWith(start))
    if (beginning === undefined) complaints.push(`${app}: ${key} is used nowhere`)
    else if (!isGiven(beginning, key.slice(beginning.length)))
      complaints.push(`${app}: nobody gives the name that ends ${key}`)
  }
}

/** Those of the app itself, and all that say its words. */
function sourcesOf(app) {
  const own = [join(WEB, app, '/'), join(WEB, 'shared', app, '/'), join(WORDS, app, '/')]
  const isOwn = ({ path }) => own.some((folder) => path.startsWith(folder))
  return sourcesIn(WEB).filter((source) => isOwn(source) || namesFor(app, source).length > 0)
}

const apps = readdirSync(WORDS, { withFileTypes: true }).filter((entry) => entry.isDirectory())
for (const { name: app } of apps) {
  const original = await wordsOf(app, 'fr')
  for (const language of LANGUAGES) compare(app, language, original, await wordsOf(app, language))
  checkUse(app, Object.keys(original), sourcesOf(app))
}

for (const complaint of complaints) console.error(complaint)
console.log(
  complaints.length
    ? `words: ${complaints.length} complaints`
    : `words: ${apps.length} catalogues, all complete and used`,
)
process.exit(complaints.length ? 1 : 0)
