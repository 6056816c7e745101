import { build } from 'esbuild'

/** The stylesheet a package exports: `src/styles/index.css` with what it imports, as one file, readable. */
await build({
  entryPoints: ['src/styles/index.css'],
  outfile: 'dist/styles.css',
  bundle: true,
  logLevel: 'warning',
})
