import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** @typedef {{ packageManager: string, engines: { node: string } }} RootManifest */

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** @returns {RootManifest} */
const manifest = () => JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))

/**
 * The pinned pnpm, which npx brings and keeps.
 * @param {string[]} args
 * @returns {[program: string, args: string[]]}
 */
export function pnpmCommand(args) {
  const pinned = manifest().packageManager.split('+')[0] ?? ''
  return ['npx', ['--prefer-offline', '-y', pinned, ...args]]
}

/**
 * @param {string} version of the Node that runs this
 * @param {string} range of engines, as `>=20.19`
 */
export function checkNode(version = process.versions.node, range = manifest().engines.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = range.replace('>=', '').split('.').map(Number)
  const isRecent = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
  if (!isRecent) throw new Error(`Paywright needs Node ${wantedMajor}.${wantedMinor} or later; this is ${version}.`)
}

/**
 * Installs what the lockfile says, unless it is there already.
 * @param {import('./say.mjs').Say} say
 */
export async function install(say) {
  checkNode()
  const stamp = path.join(root, 'node_modules', '.paywright-installed')
  const wanted = fingerprint(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return say('install: dependencies are up to date')
  say(`install: dependencies, with ${manifest().packageManager} (the first time takes a minute)`)
  await pnpm(['install', '--frozen-lockfile', '--prefer-offline', '--config.confirmModulesPurge=false'])
  writeFileSync(stamp, wanted)
}

/**
 * What an installation depends on, in one line.
 * @param {string} folder
 */
export function fingerprint(folder) {
  const hash = createHash('sha256').update(process.version + process.platform + process.arch)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests(folder)]) {
    hash.update(file).update(readFileSync(path.join(folder, file)))
  }
  return hash.digest('hex')
}

/** @param {string} folder */
function manifests(folder) {
  const members = ['packages', 'apps'].flatMap((group) =>
    readdirSync(path.join(folder, group)).map((name) => path.join(group, name, 'package.json')),
  )
  return ['package.json', ...members.filter((file) => existsSync(path.join(folder, file))).sort()]
}

/**
 * @param {string[]} args
 * @returns {Promise<void>}
 */
function pnpm(args) {
  const [program, programArgs] = pnpmCommand(args)
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(program, programArgs, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`pnpm ${args[0]} failed:\n${output}`))
    })
  })
}
