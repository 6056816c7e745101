import { run } from './run.ts'

// The host's file makes its logger when it is loaded: what a command prints is for people.
process.env.LOG_LEVEL ??= 'warn'

const code = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})

/** The host's file may have opened connections that are nobody's to close here. */
process.exit(code)
