import { createHash } from 'node:crypto'
import { toMoney } from '../domain/money.ts'
import type { Notification } from '../domain/notification.ts'
import type { Notifier } from '../ports/notifier.ts'
import { english } from './english.ts'
import { german } from './german.ts'
import type { Letter, LetterInput, MailTemplate, MailTemplates } from './letter.ts'
import { toHeader, toHtml, toText } from './render.ts'

export type MailAddress = { name: string; address: string }

export type Mail = {
  from: string | MailAddress
  to: MailAddress
  subject: string
  text: string
  html: string
  messageId: string
  headers: Record<string, string>
}

/** What nodemailer's `createTransport` gives, or anything else that can send a mail. */
export interface MailTransport {
  sendMail(mail: Mail): Promise<unknown>
}

export type MailNotifierOptions = {
  transport: MailTransport
  /** `'Acme <billing@acme.example>'` */
  from: string | MailAddress
  /** What the app is called in the mails. */
  appName?: string
  /** Where accounts look after their billing, for mails that send them there. */
  billingUrl?: string
  /** The host's own words, by kind; they see the recipient's `locale`. The rest is English or German. */
  templates?: Partial<MailTemplates>
}

/**
 * Writes mails. The same notification again has the same `Message-ID` and `X-Entity-Ref-ID`, so that mail programs show
 * one message where a send had to be repeated.
 *
 * @example
 * notifications: {
 *   notifier: mailNotifier({ transport: nodemailer.createTransport(smtpUrl), from: 'Acme <billing@acme.example>' }),
 * }
 */
export const mailNotifier = (options: MailNotifierOptions): Notifier => ({
  async send(notification) {
    await options.transport.sendMail(toMail(options, notification))
  },
})

const toMail = (options: MailNotifierOptions, notification: Notification): Mail => {
  const { from } = options
  const appName = options.appName ?? nameIn(from)
  const { letter, language } = write(options, notification, appName)
  const { email, name } = notification.recipient
  const reference = createHash('sha256').update(notification.key).digest('hex').slice(0, 40)
  return {
    from,
    to: { name: toHeader(name ?? ''), address: email },
    subject: toHeader(letter.subject),
    text: toText(letter, appName),
    html: toHtml(letter, { language, signature: appName }),
    messageId: `<${reference}@${domainOf(from)}>`,
    headers: { 'X-Entity-Ref-ID': reference, 'Auto-Submitted': 'auto-generated' },
  }
}

type Written = { letter: Letter; language: string }

const write = (options: MailNotifierOptions, { kind, effect, recipient }: Notification, appName: string): Written => {
  const own = options.templates?.[kind]
  const { templates, language } = own
    ? { templates: options.templates, language: recipient.locale }
    : builtIn(recipient.locale)
  const template = templates?.[kind] as MailTemplate<typeof kind>
  const input = { effect, recipient, appName, billingUrl: options.billingUrl ?? null, ...figuresIn(language) }
  return { letter: template(input as LetterInput<typeof kind>), language }
}

/** A letter is in one language, figures included. */
const builtIn = (locale: string): { templates: MailTemplates; language: string } => {
  const [language] = locale.split('-')
  if (language === 'de') return { templates: german, language: locale }
  return { templates: english, language: language === 'en' ? locale : 'en' }
}

const figuresIn = (locale: string): Pick<LetterInput<'receipt'>, 'money' | 'number' | 'date'> => ({
  money: (amountMinor, currency) => toMoney({ amountMinor, currency, locale }).formatted,
  number: (value) => new Intl.NumberFormat(locale).format(value),
  date: (date) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date),
})

const textOf = (from: string | MailAddress): string =>
  typeof from === 'string' ? from : `${from.name} <${from.address}>`

const nameIn = (from: string | MailAddress): string => {
  const [name = ''] = textOf(from).split('<')
  return name.replaceAll('"', '').trim() || domainOf(from)
}

const domainOf = (from: string | MailAddress): string => /@([^@>\s]+)>?\s*$/.exec(textOf(from))?.[1] ?? 'localhost'
