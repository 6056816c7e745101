import { english, german, type Messages } from './messages.ts'

/** `auto` is the browser's language. What is neither English nor German reads English. */
export const languageOf = (locale: string | undefined): string =>
  locale === undefined || locale === 'auto' ? navigator.language : locale

export const messagesFor = (locale: string | undefined): Messages =>
  languageOf(locale).startsWith('de') ? german : english
