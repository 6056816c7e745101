import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from './free-port.ts'

export type PortInput = { folder: string; name: string; wanted?: number | undefined }

/** The port that this thing had the last time, as written down in the folder; the first time one that is free. */
export async function keptPort({ folder, name, wanted }: PortInput): Promise<number> {
  const file = path.join(folder, `${name}-port`)
  const before = Number(await readFile(file, 'utf8').catch(() => ''))
  if (before) return before
  const port = wanted ?? (await freePort())
  await writeFile(file, `${port}\n`)
  return port
}
