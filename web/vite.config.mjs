// One package, one page per app. Everything a page loads comes from its own server. The style guide is
// built alone, by `--mode styleguide`, and never with what is shipped.
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { serviceWorker } from './app/worker/plugin.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const APPS = ['dashboard', 'till', 'tablet', 'app']
const server = process.env.HABITUE_SERVER ?? 'http://127.0.0.1:8080'

/** What is shipped, each built by itself: tools/build.mjs. */
export const PAGES = Object.fromEntries([
  ['start', here('./index.html')],
  ['demo', here('./demo/index.html')],
  ...APPS.map((app) => [app, here(`./${app}/index.html`)]),
])
/** As our own server does: an address inside an app is the app's page, which knows what to show. */
const deepLinks = {
  name: 'deep-links',
  configureServer(vite) {
    vite.middlewares.use((request, _, next) => {
      const [, app] = /^\/(\w+)\/[^.@]*$/.exec(request.url?.split('?')[0] ?? '') ?? []
      if ([...APPS, 'demo', 'styleguide'].includes(app)) request.url = `/${app}/index.html`
      next()
    })
  },
}
const styleguide = { styleguide: here('./styleguide/index.html') }

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), deepLinks, ...(mode === 'styleguide' ? [] : [serviceWorker()])],
  resolve: {
    alias: { $shared: here('./shared') },
    // Tests run Svelte as the browser does: with effects.
    ...(process.env.VITEST ? { conditions: ['browser'] } : {}),
  },
  server: { proxy: { '/v2': server, '/fake': server } },
  build: {
    target: 'es2021',
    assetsInlineLimit: 0, // data: addresses would need a weaker content security policy
    modulePreload: { polyfill: false },
    ...(mode === 'styleguide' ? { rollupOptions: { input: styleguide } } : {}),
  },
  test: {
    css: true,
    testTransformMode: { web: ['**'] },
    include: [`{shared,start,${APPS}}/**/*.test.ts`],
  },
}))
