import { readFlags, runCommand } from './lib/command-line.mjs'
import { install } from './lib/install.mjs'
import { say } from './lib/say.mjs'

const help = `npm test [-- flags]

Proves Paywright: brings pnpm, installs, gets a MongoDB and a Chromium, then runs
build, typecheck, lint, dead-code, package-shape, tests, stripe-mock, stories, journeys and size.
The last line is "N passed, N failed"; the exit code is 0 when nothing failed.

  --fast          leave out what needs a browser
  --deep          try what is tried at random, and kill processes, ten times as often and more
  --only <stage>  one stage, and those it needs
  --help          this text

Environment
  MONGODB_URI            a MongoDB that runs; each test file makes a database of its own there
  MONGOMS_SYSTEM_BINARY  a mongod to run
  CHROMIUM_PATH          a Chromium or Chrome to run
`

const flags = readFlags({ fast: { type: 'boolean' }, deep: { type: 'boolean' }, only: { type: 'string' } }, help)

if (flags) {
  await runCommand(async () => {
    await install(say)
    const { register } = await import('tsx/esm/api')
    register()
    const { main } = await import('./stages/main.ts')
    return main({ only: flags.only, isFast: flags.fast, isDeep: flags.deep })
  })
}
