import type { ConfiguredBilling } from './billing-config.ts'
import { Misuse } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** What a command says, and whether all is well. */
export type Report = { text: string; ok: boolean }

/** What stands behind a command's name: words in their order, and flags. */
export type Given = { words: readonly string[]; flags: Readonly<Record<string, string | undefined>> }

/** `usage` is what comes after the name; `takes` how many words that are, and which flags. */
export type Command = {
  name: string
  usage?: string
  takes?: { least: number; most: number; flags: readonly string[] }
  purpose: string
  run: (billing: ConfiguredBilling, given: Given, terminal: Terminal) => Promise<Report>
}

const nothing = { least: 0, most: 0, flags: [] }

export const isFor = ({ name }: Command, words: readonly string[]): boolean =>
  name.split(' ').every((word, index) => words[index] === word)

/** @throws Misuse when a word is missing or too much, or there is a flag that is for something else */
export const givenTo = ({ name, usage = '', takes = nothing }: Command, { words, flags }: Given): Given => {
  const rest = words.slice(name.split(' ').length)
  const strange = Object.keys(flags).find((flag) => flags[flag] !== undefined && !takes.flags.includes(flag))
  const wanted = `paywright ${name} ${usage}`.trimEnd()
  if (strange) throw new Misuse(`${name} knows no --${strange}. It is: ${wanted}`)
  if (rest.length < takes.least) throw new Misuse(`Something is missing. It is: ${wanted}`)
  if (rest.length > takes.most) throw new Misuse(`"${rest[takes.most]}" is too much. It is: ${wanted}`)
  return { words: rest, flags }
}

/** @throws Misuse when the flag is missing */
export const requireFlag = ({ flags }: Given, name: string): string => {
  const value = flags[name]
  if (value) return value
  throw new Misuse(`--${name} is missing.`)
}

/** @throws Misuse when the text is no date in the form of ISO 8601 */
export const toDate = (what: string, text: string): Date => {
  const date = new Date(text)
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(date.getTime())) return date
  throw new Misuse(`${what} must be a date such as 2027-03-31 or 2027-03-31T18:00:00Z, and not "${text}".`)
}

/** @throws Misuse when the text is no whole number in the range */
export const toInteger = (what: string, text: string, [least, most]: readonly [number, number]): number => {
  const value = Number(text)
  if (/^[+-]?\d+$/.test(text) && value >= least && value <= most) return value
  throw new Misuse(`${what} must be a whole number from ${least} to ${most}, and not "${text}".`)
}
