import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from '../lib/install.mjs'
import { run } from '../lib/run.ts'

export type Complaint = { rule: string; file: string; line: number }
type Report = {
  diagnostics: { category: string; severity: string; location: { path: string; start: { line: number } } }[]
}

/** What the house's own lint refuses in these files, laid out in an empty folder. */
export async function lint(files: Readonly<Record<string, string>>): Promise<Complaint[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'paywright-lint-'))
  try {
    copyFileSync(path.join(root, 'biome.json'), path.join(folder, 'biome.json'))
    for (const [file, text] of Object.entries(files)) write(path.join(folder, file), text)
    const biome = path.join(root, 'node_modules', '.bin', 'biome')
    const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.']
    const { output } = await run(biome, args, { cwd: folder })
    const report: Report = JSON.parse(output.split('\n').find((line) => line.startsWith('{')) ?? '')
    const errors = report.diagnostics.filter(({ severity }) => severity === 'error')
    return errors.map(({ category, location: { path: file, start } }) => ({
      rule: category.split('/').at(-1) ?? '',
      file,
      line: start.line,
    }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
}
