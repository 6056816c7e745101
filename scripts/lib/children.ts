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

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/**
 * Does the work, and ends everything once: when the work is over, and on Ctrl-C or a request to stop.
 * Then the process leaves with the shell's code for that signal, and the work is told by its own.
 */
export async function untilStopped<T>(
  work: (stopping: AbortSignal) => Promise<T>,
  end: () => Promise<void>,
): Promise<T> {
  const stopping = new AbortController()
  for (const [signal, code] of Object.entries(exitCodes)) {
    process.on(signal, () => {
      if (stopping.signal.aborted) return
      stopping.abort()
      end().finally(() => process.exit(code))
    })
  }
  try {
    return await work(stopping.signal)
  } finally {
    await (stopping.signal.aborted ? forever : end())
  }
}

const forever = new Promise<void>(() => {})
