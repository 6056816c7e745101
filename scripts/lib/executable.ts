import { access, constants } from 'node:fs/promises'
import path from 'node:path'

export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** Where the first of these programs is on PATH. */
export async function findOnPath(names: readonly string[], searchPath = process.env.PATH ?? ''): Promise<string> {
  const candidates = names.flatMap((name) =>
    searchPath
      .split(path.delimiter)
      .filter(Boolean)
      .map((dir) => path.join(dir, name)),
  )
  for (const file of candidates) if (await isExecutable(file)) return file
  throw new Error(`no ${names.join(' or ')} there`)
}
