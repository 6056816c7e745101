import { parseArgs } from 'node:util'
import { loadBilling } from './billing-config.ts'
import { type Command, type Given, givenTo, isFor, type Report } from './command.ts'
import { commands } from './commands.ts'
import { Failure, Misuse } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** 0: done, and all is well. 1: done, and something differs or failed. 2: not understood. */
export type ExitCode = 0 | 1 | 2

const help = `paywright <command> --config ./billing.ts

${commands.map(({ name, usage = '', purpose }) => `  ${`${name} ${usage}`.trimEnd()}\n      ${purpose}`).join('\n')}

  --config <file>  the module whose default export is what createBilling() made
  --help           this text
`

export const run = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const { out, err } = terminal
  try {
    const { config, wantsHelp, ...given } = parse(args)
    if (wantsHelp || given.words.length === 0) {
      out(help)
      return wantsHelp ? 0 : 2
    }
    const report = await execute(findCommand(given.words), { given, config }, terminal)
    out(`${report.text}\n`)
    return report.ok ? 0 : 1
  } catch (error) {
    err(`${describe(error)}\n`)
    return error instanceof Misuse ? 2 : 1
  }
}

type Parsed = Given & { config: string | undefined; wantsHelp: boolean }

const text = { type: 'string' } as const

const options = {
  config: text,
  unit: text,
  limit: text,
  key: text,
  reason: text,
  by: text,
  since: text,
  failed: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** With a blank in front, -5 is an amount and not a flag. */
const asWord = (arg: string): string => (/^-\d/.test(arg) ? ` ${arg}` : arg)

const parse = (args: readonly string[]): Parsed => {
  try {
    const { values, positionals } = parseArgs({ args: args.map(asWord), options, allowPositionals: true })
    const { help: wantsHelp = false, config, failed, 'dry-run': dryRun, ...texts } = values
    const flags = { ...texts, ...(failed && { failed: 'yes' }), ...(dryRun && { 'dry-run': 'yes' }) }
    return { words: positionals.map((word) => word.trim()), flags, config, wantsHelp }
  } catch (error) {
    throw new Misuse(`${describe(error)}\n\n${help}`)
  }
}

const findCommand = (words: readonly string[]): Command => {
  const command = commands.find((each) => isFor(each, words))
  if (!command) throw new Misuse(`There is no command "${words.join(' ')}".\n\n${help}`)
  return command
}

type Asked = { given: Given; config: string | undefined }

const execute = async (command: Command, asked: Asked, terminal: Terminal): Promise<Report> => {
  const given = givenTo(command, asked.given)
  const { config } = asked
  if (!config) throw new Misuse(`${command.name} needs --config <file>.\n\n${help}`)
  const billing = await loadBilling(config)
  try {
    return await command.run(billing, given, terminal)
  } finally {
    await billing.close()
  }
}

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const isForPeople = error instanceof Failure || error.name === 'BillingError' || !error.stack
  const cause = error.cause instanceof Error ? `\n  because: ${error.cause.message}` : ''
  return isForPeople ? `${error.message}${cause}` : (error.stack ?? error.message)
}
