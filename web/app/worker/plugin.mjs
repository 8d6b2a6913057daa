// Writes app/sw.js: the service worker with the list of the app's files and a name for this build.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const SOURCE = new URL('sw.js', import.meta.url)
const PAGE = 'app/index.html'

/** The chunks that the app's page may ever load: its imports, and theirs. */
function chunksOf(bundle) {
  const found = new Set()
  const visit = (name) => {
    const chunk = bundle[name]
    if (!chunk || chunk.type !== 'chunk' || found.has(name)) return
    found.add(name)
    ;[...chunk.imports, ...chunk.dynamicImports].forEach(visit)
  }
  for (const chunk of Object.values(bundle))
    if (chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith(`/${PAGE}`)) visit(chunk.fileName)
  return [...found]
}

/** Everything that the app needs to open without a network. */
function filesOf(bundle) {
  const chunks = chunksOf(bundle)
  const styles = chunks.flatMap((name) => [...(bundle[name].viteMetadata?.importedCss ?? [])])
  const text = [...styles, PAGE].map((name) => String(bundle[name]?.source ?? '')).join('\n')
  const fonts = Object.keys(bundle).filter(
    (name) => name.endsWith('.woff2') && text.includes(name.split('/').at(-1)),
  )
  return [...new Set([PAGE, ...chunks, ...styles, ...fonts])].sort()
}

function contentOf(bundle, name) {
  const file = bundle[name]
  return file.type === 'chunk' ? file.code : file.source
}

export function serviceWorker() {
  return {
    name: 'habitue-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        if (!bundle[PAGE]) return // another app's build
        const files = filesOf(bundle)
        const hash = createHash('sha256')
        for (const name of files) hash.update(name).update(contentOf(bundle, name))
        const source = readFileSync(SOURCE, 'utf8')
          .replace("'__BUILD__'", JSON.stringify(hash.digest('hex').slice(0, 16)))
          .replace("'__FILES__'", JSON.stringify(files.map((name) => `/${name}`)))
        this.emitFile({ type: 'asset', fileName: 'app/sw.js', source })
      },
    },
  }
}
