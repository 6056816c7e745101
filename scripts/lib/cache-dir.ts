import os from 'node:os'
import path from 'node:path'

/** Where this user's programs keep what can be fetched again. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'paywright')
}
