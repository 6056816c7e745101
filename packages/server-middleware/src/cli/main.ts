import { run } from './run.ts'

const args = process.argv.slice(2)

// The host's file makes its logger when it is loaded: what a command prints is for people, but for a worker it is the log.
process.env.LOG_LEVEL ??= args.includes('worker') ? 'info' : 'warn'

/** The first signal is a request; a second one ends the process. */
const untilStopped = (): AbortSignal => {
  const stopping = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())
  return stopping.signal
}

const code = await run(args, {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isWatched: process.stderr.isTTY,
  untilStopped,
})

/** The host's file may have opened connections that are nobody's to close here. */
process.exit(code)
