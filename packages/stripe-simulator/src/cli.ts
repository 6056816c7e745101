import { parseArgs } from 'node:util'
import { createStripeSimulator } from './create-simulator.ts'
import type { SimulatorOptions } from './simulator.ts'

const help = `A stateful Stripe on this machine, for development and tests.

  stripe-simulator [options]

  --port NUMBER            the port to listen on (12111)
  --host ADDRESS           the address to listen on (127.0.0.1)
  --webhook URL            where to deliver events; may be given more than once
  --connect-webhook URL    where to deliver events of connected accounts; likewise
  --webhook-secret SECRET  signs the events (made from the seed)
  --seed NUMBER            the same seed and the same calls make the same ids (1)
  --data FILE              keep everything in this file over restarts
  --help                   this text
`

const parse = (args: string[]) =>
  parseArgs({
    args,
    options: {
      port: { type: 'string', default: '12111' },
      host: { type: 'string', default: '127.0.0.1' },
      webhook: { type: 'string', multiple: true, default: [] },
      'connect-webhook': { type: 'string', multiple: true, default: [] },
      'webhook-secret': { type: 'string' },
      seed: { type: 'string', default: '1' },
      data: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values

type Values = ReturnType<typeof parse>

const wholeNumber = (text: string, option: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new RangeError(`--${option} wants a whole number, not "${text}"`)
  return value
}

const toOptions = (values: Values): SimulatorOptions => {
  const secret = values['webhook-secret']
  const signed = secret === undefined ? {} : { secret }
  return {
    port: wholeNumber(values.port, 'port'),
    host: values.host,
    seed: wholeNumber(values.seed, 'seed'),
    webhooks: [
      ...values.webhook.map((url) => ({ url, ...signed })),
      ...values['connect-webhook'].map((url) => ({ url, connect: true, ...signed })),
    ],
    ...(values.data === undefined ? {} : { dataFile: values.data }),
  }
}

const run = async (): Promise<void> => {
  const values = parse(process.argv.slice(2))
  if (values.help) {
    process.stdout.write(help)
    return
  }
  const simulator = await createStripeSimulator(toOptions(values))
  const { secretKey, publishableKey, webhookSecret } = simulator.keys
  const lines = [
    `Stripe simulator: ${simulator.url}/_simulator`,
    `  STRIPE_SECRET_KEY=${secretKey}`,
    `  STRIPE_PUBLISHABLE_KEY=${publishableKey}`,
    `  STRIPE_WEBHOOK_SECRET=${values['webhook-secret'] ?? webhookSecret}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close().then(() => process.exit(0)))
  }
}

run().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
  process.exitCode = 1
})
