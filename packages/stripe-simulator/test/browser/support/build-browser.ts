import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Builds what the simulator serves to browsers, as the package's build does. */
export const buildBrowser = async (): Promise<void> => {
  const script = fileURLToPath(new URL('../../../build-browser.mjs', import.meta.url))
  await promisify(execFile)(process.execPath, [script])
}
