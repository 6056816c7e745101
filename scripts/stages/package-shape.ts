import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { runBin, runPnpm } from '../lib/programs.ts'
import { type Bench, onePassed, StageFailure, type Tally } from './stage.ts'
import { packageFolders } from './workspace.ts'

/** Whether what would be published can be imported, with its types, on every resolution that ESM has. */
export async function checkPackageShape(bench: Bench): Promise<Tally> {
  const workDir = mkdtempSync(path.join(os.tmpdir(), 'paywright-pack-'))
  try {
    const complaints: string[] = []
    for (const folder of packageFolders(bench.root)) complaints.push(...(await checkPackage(bench, folder, workDir)))
    if (complaints.length > 0) throw new StageFailure(complaints.join('\n'))
    return onePassed
  } finally {
    rmSync(workDir, { recursive: true, force: true })
  }
}

async function checkPackage(bench: Bench, folder: string, workDir: string): Promise<string[]> {
  const destination = path.join(workDir, path.basename(folder))
  const packed = await runPnpm(bench, ['pack', '--pack-destination', destination], path.join(bench.root, folder))
  if (packed.code !== 0) return [packed.output]
  const [name = ''] = readdirSync(destination)
  const tarball = path.join(destination, name)
  const checks = await Promise.all([
    runBin(bench, 'publint', ['run', tarball, '--strict']),
    runBin(bench, 'attw', [tarball, '--profile', 'esm-only', '--exclude-entrypoints', './styles.css']),
  ])
  return checks.filter(({ code }) => code !== 0).map(({ output }) => `${folder}:\n${output}`)
}
