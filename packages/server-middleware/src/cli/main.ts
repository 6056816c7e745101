import { run } from './run.ts'

const code = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})

/** The host's file may have opened connections that are nobody's to close here. */
process.exit(code)
