import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** What the simulator serves to browsers: Stripe.js, and the script and stylesheet of the hosted pages. */
await build({
  entryPoints: {
    stripe: here('src/browser/global.ts'),
    pages: here('src/browser/hosted/hosted-pages.ts'),
    'pages-style': here('src/pages/styles/pages.css'),
  },
  outdir: here('dist/browser'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022', 'chrome123', 'firefox121', 'safari17.5'],
  logLevel: 'warning',
})
