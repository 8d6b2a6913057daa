// Writes a .br file beside every text file of a folder, for a server that sends files as they are.
// usage: node tools/compress.mjs FOLDER
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

const TEXT = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest'])

function* filesOf(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesOf(path)
    else yield path
  }
}

const folder = process.argv[2]
if (!folder) {
  console.error('usage: compress.mjs FOLDER')
  process.exit(2)
}

let count = 0
for (const path of filesOf(folder)) {
  if (!TEXT.has(extname(path))) continue
  const bytes = readFileSync(path)
  const packed = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
  if (packed.length >= bytes.length) continue
  writeFileSync(`${path}.br`, packed)
  count += 1
}
console.log(`${count} files compressed in ${folder}`)
