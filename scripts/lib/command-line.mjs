import { parseArgs } from 'node:util'

/**
 * The flags of a command, or undefined when it has printed its help or what is wrong with them.
 * @template {import('node:util').ParseArgsConfig['options']} O
 * @param {O} options
 * @param {string} help
 */
export function readFlags(options, help) {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean', short: 'h' } } })
    if (!(/** @type {{ help?: boolean }} */ (values).help)) return values
    process.stdout.write(help)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${help}`)
    process.exitCode = 2
  }
  return undefined
}

/**
 * Runs a command to its exit code. What it throws is said in plain words.
 * @param {() => Promise<number>} command
 */
export async function runCommand(command) {
  try {
    process.exitCode = await command()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  }
}
