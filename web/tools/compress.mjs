// Writes a .br file beside every text file of a folder, for a server that sends files as they are.
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

/** Gives how many files got a compressed one beside them. */
export function compress(folder) {
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
  return count
}
