import type { Currency, MinorAmount } from '@paywright/contract'
import type { EffectBehind, NotificationKind, Recipient } from '../domain/notification.ts'

/** What a message says, as plain text: the notifier makes text and HTML of it, and escapes it. */
export type Letter = {
  subject: string
  paragraphs: readonly string[]
  /** Where to go from here; only `http:` and `https:` lead anywhere. */
  link?: Link | null
}

export type Link = { label: string; url: string }

/** Figures are written as the recipient reads them. */
export type LetterInput<Kind extends NotificationKind> = {
  effect: EffectBehind<Kind>
  recipient: Recipient
  appName: string
  /** Where accounts look after their billing, if the host has said so. */
  billingUrl: string | null
  money(amountMinor: MinorAmount, currency: Currency): string
  number(value: number): string
  date(date: Date): string
}

export type MailTemplate<Kind extends NotificationKind> = (input: LetterInput<Kind>) => Letter

export type MailTemplates = { readonly [Kind in NotificationKind]: MailTemplate<Kind> }

export const linkTo = (url: string | null, label: string): Link | null => (url === null ? null : { label, url })
