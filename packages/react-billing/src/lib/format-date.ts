import type { Timestamp } from '@paywright/contract'

export type DateInput = { at: Timestamp; locale: string; timeZone: string }

/** The day of an instant, in words. ICU versions differ in a space; server and browser must not. */
export const formatDate = ({ at, locale, timeZone }: DateInput): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone })
    .format(new Date(at))
    .replaceAll('\u202f', '\u00a0')
