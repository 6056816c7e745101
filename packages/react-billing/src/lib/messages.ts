import type { en } from '../messages/en.ts'

/** By the locale's plural rules; languages have one to six of these. */
export type PluralMessage = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

export type MessageKey = keyof typeof en

/** A language: every key of the English catalogue. */
export type Messages = { [Key in MessageKey]: (typeof en)[Key] extends string ? string : PluralMessage }

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never

type NamesOf<Key extends MessageKey> = (typeof en)[Key] extends { other: infer Text }
  ? Names<Text> | 'count'
  : Names<(typeof en)[Key]>

type ValueOf<Name> = Name extends 'count' ? number : string | number

/** What a message has to be told, from its English text. */
export type MessageValues<Key extends MessageKey> = { [Name in NamesOf<Key>]: ValueOf<Name> }

/** A message that has nothing to fill in. */
export type PlainKey = { [Key in MessageKey]: [NamesOf<Key>] extends [never] ? Key : never }[MessageKey]

type Rest<Key extends MessageKey> = [NamesOf<Key>] extends [never] ? [] : [values: MessageValues<Key>]

export type Translate = <Key extends MessageKey>(key: Key, ...values: Rest<Key>) => string

/** Fills in messages: numbers in the locale's digits, plurals by its rules. */
export const createTranslate = (messages: Messages, locale: string): Translate => {
  const numbers = new Intl.NumberFormat(locale)
  const plurals = new Intl.PluralRules(locale)
  const show = (value: string | number | undefined): string =>
    typeof value === 'number' ? numbers.format(value) : (value ?? '')
  return (key, ...[values]) => {
    const given: Record<string, string | number> = values ?? {}
    const text = textOf(messages[key], plurals, Number(given.count))
    return text.replace(/\{(\w+)\}/g, (_, name: string) => show(given[name]))
  }
}

const textOf = (message: string | PluralMessage, plurals: Intl.PluralRules, count: number): string =>
  typeof message === 'string' ? message : (message[plurals.select(count)] ?? message.other)
