// Builds what is shipped into dist: each page by itself, so that no visitor loads what only another
// app needs, in one file where it was several; then compresses it all.
// usage: node tools/build.mjs
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { PAGES } from '../vite.config.mjs'
import { compress } from './compress.mjs'

const WEB = fileURLToPath(new URL('..', import.meta.url))
let isFirst = true

for (const [name, path] of Object.entries(PAGES)) {
  const rollupOptions = { input: { [name]: path } }
  await build({
    root: WEB,
    logLevel: 'warn',
    build: { emptyOutDir: isFirst, copyPublicDir: isFirst, rollupOptions },
  })
  isFirst = false
}
console.log(`${Object.keys(PAGES).length} pages built, ${compress(`${WEB}/dist`)} files compressed`)
