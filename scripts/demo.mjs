import { readFlags, runCommand } from './lib/command-line.mjs'
import { install } from './lib/install.mjs'
import { say } from './lib/say.mjs'

const help = `npm run demo [-- flags]

Starts a host app that has mounted Paywright, on a MongoDB and a simulated Stripe.
It needs no account, no key and, once installed, no network. Its address is the last
line it prints; Ctrl-C ends everything it started.

  --port <port>           where the app listens (3000)
  --store mongo|memory    memory shows the demo without a database, and forgets (mongo)
  --fresh                 forget what the demo has kept in .data/
  --help                  this text

Environment, also from .env
  PORT, PAYWRIGHT_STORE   as --port and --store
  PAYWRIGHT_DATA_DIR      where it keeps its data and the app's log (.data)
  MONGODB_URI             a MongoDB that runs, instead of one in .data/
  MONGOMS_SYSTEM_BINARY   a mongod to run
  STRIPE_SECRET_KEY       a test key: the demo then talks to the real Stripe, and needs
  STRIPE_PUBLISHABLE_KEY  and STRIPE_WEBHOOK_SECRET too (README.md, "Real keys")
`

const flags = readFlags({ port: { type: 'string' }, store: { type: 'string' }, fresh: { type: 'boolean' } }, help)

if (flags) {
  await runCommand(async () => {
    await install(say)
    const { register } = await import('tsx/esm/api')
    register()
    const { main } = await import('./demo/main.ts')
    return main(flags)
  })
}
