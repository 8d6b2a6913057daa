/*
 * styleguide — the page of all shared pieces, built and served as our server would: with its content
 * security policy, so that a piece that breaks it is found here.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const WEB = fileURLToPath(new URL('../../web', import.meta.url))
/* As page_policy of src/http/files.c. */
const POLICY =
  "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
  "img-src 'self' data:; object-src 'none'"
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/* Builds and serves; gives { url, close() }. */
export async function startStyleguide() {
  const folder = await mkdtemp(join(tmpdir(), 'habitue-styleguide-'))
  const vite = join(WEB, 'node_modules/.bin/vite')
  await run(vite, ['build', '--mode', 'styleguide', '--outDir', folder, '--emptyOutDir'], {
    cwd: WEB,
  })
  const server = createServer(async (request, reply) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    // An address inside the guide is the guide's page, which knows what to show.
    const isPage = !extname(pathname) && pathname.startsWith('/styleguide')
    const path = isPage ? '/styleguide/index.html' : normalize(pathname)
    const bytes = await readFile(join(folder, path)).catch(() => undefined)
    reply.writeHead(bytes ? 200 : 404, {
      'content-type': TYPES[extname(path)] ?? 'text/plain',
      'content-security-policy': POLICY,
    })
    reply.end(bytes)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${server.address().port}/styleguide/`,
    async close() {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
