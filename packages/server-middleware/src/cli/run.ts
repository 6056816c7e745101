import { parseArgs } from 'node:util'
import { loadBilling } from './billing-config.ts'
import { type Command, commands, type Report } from './commands.ts'
import { Failure } from './failure.ts'

/** 0: done, and all is well. 1: done, and something differs or failed. 2: not understood. */
export type ExitCode = 0 | 1 | 2

export type Output = { out: (text: string) => void; err: (text: string) => void }

const help = `paywright <command> --config ./billing.ts

${commands.map(({ name, purpose }) => `  ${name.padEnd(15)}${purpose}`).join('\n')}

  --config <file>  the module whose default export is what createBilling() made
  --help           this text
`

export const run = async (args: readonly string[], { out, err }: Output): Promise<ExitCode> => {
  try {
    const { words, config, wantsHelp } = parse(args)
    if (wantsHelp || words.length === 0) {
      out(help)
      return wantsHelp ? 0 : 2
    }
    const report = await execute(findCommand(words), config)
    out(`${report.text}\n`)
    return report.ok ? 0 : 1
  } catch (error) {
    err(`${describe(error)}\n`)
    return error instanceof Misuse ? 2 : 1
  }
}

class Misuse extends Failure {}

type Parsed = { words: readonly string[]; config: string | undefined; wantsHelp: boolean }

const parse = (args: readonly string[]): Parsed => {
  try {
    const options = { config: { type: 'string' }, help: { type: 'boolean' } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    return { words: positionals, config: values.config, wantsHelp: values.help ?? false }
  } catch (error) {
    throw new Misuse(`${describe(error)}\n\n${help}`)
  }
}

const findCommand = (words: readonly string[]): Command => {
  const command = commands.find(({ name }) => name === words.join(' '))
  if (!command) throw new Misuse(`There is no command "${words.join(' ')}".\n\n${help}`)
  return command
}

const execute = async (command: Command, config: string | undefined): Promise<Report> => {
  if (!config) throw new Misuse(`${command.name} needs --config <file>.\n\n${help}`)
  const billing = await loadBilling(config)
  try {
    return await command.run(billing)
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
