import type { Subscription } from '@paywright/contract'
import { describe, expect, it } from 'vitest'
import { formatDate } from '../lib/format-date.ts'
import { createTranslate } from '../lib/messages.ts'
import { en } from '../messages/en.ts'
import { fakeMoney, fakeSubscription } from '../testing.ts'
import { summarize } from './subscription-summary.ts'

const t = createTranslate(en, 'en')
const date = (at: string) => formatDate({ at, locale: 'en', timeZone: 'UTC' })
const due = { reason: 'payment_failed' as const, message: '', amount: fakeMoney(7900), url: 'https://pay.test/in_1' }

const summaryOf = (subscription: Partial<Subscription>, owed: typeof due | null = null) =>
  summarize({ subscription: fakeSubscription(subscription), due: owed, t, date })

const end = '2026-12-05T09:00:00.000Z'

describe('a subscription', () => {
  it.each([
    [{ status: 'active' }, 'active', 'Next bill of $790.00 on November 21, 2027.'],
    [{ status: 'active', nextBillingAt: null }, 'active', 'Nothing more will be billed.'],
    [{ status: 'active', price: null }, 'active', 'Next bill on November 21, 2027.'],
    [
      { status: 'active', cancelAt: end },
      'ending',
      'Stays on until December 5, 2026, then ends. Nothing more will be billed.',
    ],
    [
      { status: 'active', collectionPaused: true },
      'collection_paused',
      'Billing is paused. Growth stays on, and nothing is collected until billing starts again.',
    ],
    [
      { status: 'trialing', trialEndsAt: end },
      'trialing',
      'Your trial ends on December 5, 2026; then $790.00 per year.',
    ],
    [{ status: 'trialing', trialEndsAt: end, price: null }, 'trialing', 'Your trial ends on December 5, 2026.'],
    [
      { status: 'trialing', trialEndsAt: end, cancelAt: end },
      'trialing',
      'Your trial ends on December 5, 2026. Nothing will be billed.',
    ],
    [
      { status: 'past_due' },
      'past_due',
      'The last payment didn’t go through. Growth stays on for now; update your card to keep it.',
    ],
    [
      { status: 'past_due', hasAccess: false },
      'locked_out',
      'The last payment didn’t go through, and Growth is switched off. Update your card to switch it on.',
    ],
    [
      { status: 'unpaid' },
      'unpaid',
      'Several payments didn’t go through, and Growth is switched off. Pay the open invoice to switch it on.',
    ],
    [{ status: 'incomplete' }, 'incomplete', 'The first payment isn’t finished. Finish it to start Growth.'],
    [
      { status: 'incomplete_expired' },
      'incomplete_expired',
      'The first payment wasn’t finished in time. Choose a plan to start again.',
    ],
    [{ status: 'canceled', endedAt: end }, 'canceled', 'Ended on December 5, 2026.'],
    [{ status: 'canceled' }, 'canceled', 'This subscription has ended.'],
    [{ status: 'paused' }, 'paused', 'The trial is over and no card is on file. Add one to go on with Growth.'],
  ] as const)('%o is %s: “%s”', (subscription, situation, sentence) => {
    expect(summaryOf(subscription)).toMatchObject({ situation, sentence })
  })
})

describe('what there is to do about a subscription', () => {
  it.each([
    [{ status: 'active' }, null],
    [
      { status: 'active', cancelAt: end },
      { label: 'Keep Growth', flow: null },
    ],
    [
      { status: 'trialing', cancelAt: end },
      { label: 'Keep Growth', flow: null },
    ],
    [{ status: 'past_due' }, { label: 'Update payment method', flow: 'payment_method_update' }],
    [{ status: 'unpaid' }, { label: 'Update payment method', flow: 'payment_method_update' }],
    [{ status: 'incomplete' }, { label: 'Finish payment', flow: null }],
    [{ status: 'paused' }, { label: 'Add payment method', flow: 'payment_method_update' }],
    [{ status: 'canceled', cancelAt: end }, null],
  ] as const)('when it is %o: %o', (subscription, fix) => {
    expect(summaryOf(subscription).fix).toEqual(fix)
  })

  it('is to pay, where there is an invoice to pay', () => {
    expect(summaryOf({ status: 'past_due' }, due).fix).toEqual({ label: 'Pay $79.00', url: due.url })
    expect(summaryOf({ status: 'incomplete' }, due).fix).toEqual({ label: 'Finish payment', url: due.url })
  })
})
