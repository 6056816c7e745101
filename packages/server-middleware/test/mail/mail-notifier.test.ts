import nodemailer from 'nodemailer'
import { describe, expect, test } from 'vitest'
import type { Effect, EffectType } from '../../src/domain/event.ts'
import { addressed, audienceOf, type Notification, type Recipient } from '../../src/domain/notification.ts'
import { type Mail, type MailNotifierOptions, mailNotifier } from '../../src/mail/mail-notifier.ts'
import { openPostOffice } from './post-office.ts'

const ada: Recipient = { email: 'ada@example.com', name: 'Ada', locale: 'en-US' }
const fritz: Recipient = { email: 'fritz@example.com', name: 'Fritz', locale: 'de-DE' }

const about = { key: 'k', accountId: 'acme' }
const money = { amountMinor: 12_345_678, currency: 'eur' }
const due = { providerInvoiceId: 'in_1', amountDueMinor: 2_900, currency: 'eur', url: 'https://pay.example.com/in_1' }
const subscription = { providerSubscriptionId: 'sub_1', planId: 'growth' }
const bought = { paymentId: 'pi_1', packId: 'uses20', packName: '20 uses', unit: 'uses', credits: 20 }
const date = new Date('2026-03-01T23:00:00Z')
const dispute = { ...about, ...money, type: 'dispute.opened', paymentId: 'pi_1', disputeId: 'dp_1' } as const

const effects: readonly Effect[] = [
  { ...about, ...money, ...bought, type: 'purchase.succeeded' },
  { ...about, ...money, type: 'invoice.paid', providerInvoiceId: 'in_1', url: due.url },
  { ...about, ...money, type: 'purchase.refunded', paymentId: 'pi_1', refundId: 're_1', credits: 20 },
  { ...about, ...due, type: 'invoice.payment_failed' },
  { ...about, ...due, type: 'invoice.action_required' },
  { ...about, ...subscription, type: 'trial.ending', endsAt: date },
  { ...about, ...subscription, type: 'subscription.ended' },
  { ...dispute, evidenceDueAt: date },
  { ...dispute, evidenceDueAt: null },
  { ...about, type: 'credits.low', unit: 'tokens', scale: 1_000, available: 1_234_500, threshold: 2_000_000 },
  { ...about, type: 'top_up.declined', packId: 'uses20', code: 'no_payment_method', isStopped: true },
  { ...about, type: 'top_up.declined', packId: 'uses20', code: 'authentication_required', isStopped: false },
  {
    ...about,
    type: 'subscription.duplicate',
    providerSubscriptionId: 'sub_2',
    olderSubscriptionId: 'sub_1',
    group: 'g',
  },
  {
    key: 'k',
    accountId: null,
    type: 'event.dead',
    eventId: 'evt_1',
    eventType: 'invoice.paid',
    error: 'unknown shape',
  },
]

const effectOf = (type: EffectType): Effect => effects.find((effect) => effect.type === type) ?? unknown(type)

const unknown = (type: string): never => {
  throw new Error(`There is no ${type}.`)
}

const toNotification = (effect: Effect, recipient: Recipient): Notification => {
  const { kind } = audienceOf(effect) ?? unknown(effect.type)
  const [notification] = addressed({ effect, kind, now: date }, [recipient])
  return notification ?? unknown(kind)
}

/** The mail that a notification becomes. */
const write = async (effect: Effect, recipient = ada, options: Partial<MailNotifierOptions> = {}): Promise<Mail> => {
  const mails: Mail[] = []
  const transport = { sendMail: async (mail: Mail) => void mails.push(mail) }
  const notifier = mailNotifier({ transport, from: 'Acme <billing@acme.example>', ...options })
  await notifier.send(toNotification(effect, recipient))
  return mails[0] ?? unknown('mail')
}

describe('a mail', () => {
  test.each(effects)('about $type says what happened, in English and in German', async (effect) => {
    const [english, german] = [await write(effect, ada), await write(effect, fritz)]
    expect([english, german].map(({ subject, text }) => ({ subject, text }))).toMatchSnapshot()
    expect(english.html).toContain('<html lang="en-US">')
    expect(german.html).toContain('<html lang="de-DE">')
  })

  test('is in English where nobody has written it in the language of its reader, figures too', async () => {
    const mail = await write(effectOf('purchase.succeeded'), { ...ada, locale: 'fr-FR' })
    expect(mail.text).toContain('You bought 20 uses for €123,456.78.')
    expect(mail.html).toContain('<html lang="en">')
  })

  test('says what the host wants it to say', async () => {
    const mail = await write(
      effectOf('purchase.refunded'),
      { ...ada, locale: 'fr-FR' },
      {
        templates: {
          refunded: ({ effect, money: format, recipient }) => ({
            subject: `Remboursement (${recipient.locale})`,
            paragraphs: [`${format(effect.amountMinor, effect.currency)} pour ${effect.paymentId}`],
          }),
        },
      },
    )
    expect(mail.subject).toBe('Remboursement (fr-FR)')
    expect(mail.text.replaceAll(/\s/g, ' ')).toContain('123 456,78 € pour pi_1')
    expect(mail.html).toContain('<html lang="fr-FR">')
  })

  test('leads to the page of the host, where it has one', async () => {
    const mail = await write(effectOf('credits.low'), ada, { billingUrl: 'https://acme.example/billing?a=1&b=2' })
    expect(mail.html).toContain('<a href="https://acme.example/billing?a=1&amp;b=2">Buy more</a>')
    expect(mail.text).toContain('Buy more: https://acme.example/billing?a=1&b=2')
  })

  test('carries no HTML, header or link that a name or an error has brought along', async () => {
    const bad = '<img src=x onerror="alert(1)">\r\nBcc: eve@example.com & \'co\''
    const mails = [
      await write({ ...about, ...money, ...bought, type: 'purchase.succeeded', packName: bad }, { ...ada, name: bad }),
      await write({ ...about, type: 'credits.low', unit: bad, scale: 1, available: 1, threshold: 2 }),
      await write({ ...about, ...due, type: 'invoice.payment_failed', url: 'javascript:alert(1)' }),
      await write({ ...about, ...due, type: 'invoice.payment_failed', url: `https://x.example/"><script>` }),
      await write({ key: bad, accountId: null, type: 'event.dead', eventId: bad, eventType: bad, error: bad }),
    ]
    for (const { html, subject, to, messageId } of mails) {
      expect(html).not.toMatch(/<(img|script)|javascript:|onerror="/)
      expect(`${subject}${to.name}${messageId}`).not.toMatch(/[\r\n]/)
    }
    expect(mails[0]?.html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;')
  })

  test('is recognisable when it has to be sent again, and differs for every reader', async () => {
    const effect = effectOf('purchase.succeeded')
    const [first, again, other] = [await write(effect), await write(effect), await write(effect, fritz)]
    expect(first.messageId).toMatch(/^<[0-9a-f]{40}@acme\.example>$/)
    expect(again.messageId).toBe(first.messageId)
    expect(other.messageId).not.toBe(first.messageId)
    expect(first.messageId).toContain(first.headers['X-Entity-Ref-ID'])
    expect(first.messageId).not.toContain('ada')
  })
})

describe('over SMTP', () => {
  const openTransport = (port: number) => nodemailer.createTransport({ host: '127.0.0.1', port, ignoreTLS: true })

  test('a mail arrives as text and as HTML, with its headers', async () => {
    await using office = await openPostOffice()
    const notifier = mailNotifier({
      transport: openTransport(office.port),
      from: { name: 'Acme Größe', address: 'billing@acme.example' },
    })
    await notifier.send(toNotification(effectOf('purchase.refunded'), fritz))

    const [letter] = office.letters
    expect(letter?.to).toBe('fritz@example.com')
    expect(letter?.headers.get('to')).toBe('Fritz <fritz@example.com>')
    expect(letter?.headers.get('message-id')).toBe(`<${letter?.headers.get('x-entity-ref-id')}@acme.example>`)
    expect(letter?.headers.get('auto-submitted')).toBe('auto-generated')
    expect(letter?.headers.get('content-type')).toContain('multipart/alternative')
    expect(letter?.source).toContain('Wir haben 123.456,78\u00a0€ erstattet.')
    expect(letter?.source).toContain('<p>Guten Tag Fritz,</p>')
  })

  test('a mail that the server refuses is an error', async () => {
    await using office = await openPostOffice()
    office.refused.add('ada@example.com')
    const notifier = mailNotifier({ transport: openTransport(office.port), from: 'billing@acme.example' })
    await expect(notifier.send(toNotification(effectOf('purchase.refunded'), ada))).rejects.toThrow(
      'nobody by that name',
    )
  })
})
