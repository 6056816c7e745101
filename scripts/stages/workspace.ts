import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The folders of the packages that are published. */
export function packageFolders(root: string): string[] {
  return members(root, 'packages')
}

/** The folders of packages and apps that have this script. */
export function foldersWithScript(root: string, script: string): string[] {
  return [...members(root, 'packages'), ...members(root, 'apps')].filter((folder) => hasScript(root, folder, script))
}

export function hasScript(root: string, folder: string, script: string): boolean {
  const file = path.join(root, folder, 'package.json')
  if (!existsSync(file)) return false
  const manifest: { scripts?: Record<string, string> } = JSON.parse(readFileSync(file, 'utf8'))
  return manifest.scripts?.[script] !== undefined
}

function members(root: string, group: string): string[] {
  return readdirSync(path.join(root, group))
    .map((name) => path.join(group, name))
    .filter((folder) => existsSync(path.join(root, folder, 'package.json')))
}
