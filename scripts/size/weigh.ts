import { existsSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'
import type { Budget } from './budgets.ts'

export type Weight = { bytes: number; forbidden: readonly string[] }

const peers = ['react', 'react/*', 'react-dom', 'react-dom/*', '@tanstack/react-query', '@stripe/*']

/** The gzipped bytes of what a browser would load. It rejects when a file is missing, naming it. */
export async function weigh(root: string, budget: Budget): Promise<Weight> {
  const missing = budget.files.find((file) => !existsSync(path.join(root, file)))
  if (missing) throw new Error(`${missing} is missing`)
  const { outputFiles, metafile } = await build({
    stdin: { contents: entry(budget), resolveDir: root, loader: budget.files[0]?.endsWith('.css') ? 'css' : 'js' },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    // A whole file is loaded whole, whatever its package says about side effects.
    ignoreAnnotations: !budget.only,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: peers,
    logLevel: 'silent',
  })
  const bytes = outputFiles.reduce((sum, file) => sum + gzipSync(withoutPeers(file.text), { level: 9 }).length, 0)
  return { bytes, forbidden: modulesOf(metafile).filter((module) => budget.without.some((word) => isOf(module, word))) }
}

/** A host's bundler names each peer once for all its code; esbuild leaves an import of it for every file of ours. */
function withoutPeers(text: string): string {
  return text.replaceAll(/import[\w*{}$, ]+from"[^"]+";|import"[^"]+";/g, '')
}

function entry({ files, only }: Budget): string {
  const names = only ? `{ ${only} }` : '*'
  return files
    .map((file) => (file.endsWith('.css') ? `@import './${file}';` : `export ${names} from './${file}'`))
    .join('\n')
}

/** Every file that has bytes in a bundle, and every module left to somebody else that it still imports. */
function modulesOf(metafile: Metafile): string[] {
  const outputs = Object.values(metafile.outputs)
  const bundled = outputs.flatMap(({ inputs }) => Object.keys(inputs).filter((file) => inputs[file]?.bytesInOutput))
  const imported = outputs.flatMap(({ imports }) => imports.map((each) => each.path))
  return [...new Set([...bundled, ...imported])]
}

const isOf = (module: string, word: string) => module.startsWith(word) || module.includes(`node_modules/${word}`)
