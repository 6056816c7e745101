import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** What the simulator serves to browsers: Stripe.js. */
await build({
  entryPoints: { stripe: here('src/browser/global.ts') },
  outdir: here('dist/browser'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  sourcemap: false,
  logLevel: 'warning',
})
