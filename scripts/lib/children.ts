import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

const graceMs = 5_000
const alive = new Set<ChildProcess>()

/** Starts a program in a process group of its own, which `endChildren` ends with everything it started. */
export function startChild(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, args, { ...options, detached: true })
  alive.add(child)
  child.once('close', () => alive.delete(child))
  child.once('error', () => alive.delete(child))
  return child
}

export async function endChildren(): Promise<void> {
  await Promise.all([...alive].map(endChild))
}

function endChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const lastResort = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs)
    child.once('close', () => {
      clearTimeout(lastResort)
      resolve()
    })
    signalGroup(child, 'SIGTERM')
  })
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!child.pid) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Runs `end` once on Ctrl-C or a request to stop, and leaves with the shell's code for that signal. */
export function onStop(end: () => Promise<void>): void {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
  let isEnding = false
  for (const [signal, code] of Object.entries(codes)) {
    process.on(signal, () => {
      if (isEnding) return
      isEnding = true
      end().finally(() => process.exit(code))
    })
  }
}
