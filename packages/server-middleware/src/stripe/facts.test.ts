import { describe, expect, it } from 'vitest'
import {
  checkoutSession,
  invoiceBeforeBasil,
  invoiceSinceBasil,
  paymentIntent,
  subscriptionSinceBasil,
} from '../../test/fixtures/stripe-objects.ts'
import { invoices } from '../../test/fixtures/stripe-versions.ts'
import { toFact } from './facts.ts'

const subscription = { type: 'subscription.changed', providerSubscriptionId: 'sub_1' }
const invoice = { providerInvoiceId: 'in_1', providerSubscriptionId: 'sub_1' }
const alone = { providerInvoiceId: 'in_2', providerSubscriptionId: null }
const payment = { type: 'payment.changed', providerPaymentId: 'pi_1' }
const claim = { type: 'claim.changed', providerPaymentId: 'pi_1' }
const dispute = { type: 'dispute.changed', providerDisputeId: 'dp_1', providerPaymentId: 'pi_1' }
const checkout = { type: 'checkout.changed', providerSessionId: 'cs_1' }
const customer = { type: 'customer.changed', providerCustomerId: 'cus_1' }
const method = { type: 'payment_method.changed', providerPaymentMethodId: 'pm_1' }

const disputed = { id: 'dp_1', payment_intent: { id: 'pi_1' } }
const scheduled = { id: 'sched_1', subscription: 'sub_1', released_subscription: null }
const { id: _none, ...upcoming } = invoiceSinceBasil

describe('what an event means', () => {
  it.each([
    ['checkout.session.completed', checkoutSession, checkout],
    ['checkout.session.async_payment_failed', checkoutSession, checkout],
    ['customer.created', { id: 'cus_1' }, customer],
    ['customer.deleted', { id: 'cus_1' }, customer],
    ['payment_method.attached', { id: 'pm_1', customer: 'cus_1' }, method],
    ['payment_method.detached', { id: 'pm_1', customer: null }, method],
    ['payment_method.automatically_updated', { id: 'pm_1', customer: 'cus_1' }, method],
    ['setup_intent.succeeded', { id: 'seti_1', payment_method: 'pm_1' }, method],
    ['setup_intent.succeeded', { id: 'seti_1', payment_method: null }, null],
    ['setup_intent.setup_failed', { id: 'seti_1', payment_method: null }, null],
    ['payment_intent.payment_failed', paymentIntent, payment],
    ['charge.refunded', { id: 'ch_1', payment_intent: 'pi_1' }, claim],
    ['refund.failed', { id: 're_1', payment_intent: null }, null],
    ['charge.dispute.created', disputed, dispute],
    ['charge.dispute.closed', { id: 'dp_1', payment_intent: null }, { ...dispute, providerPaymentId: null }],
    ['customer.subscription.deleted', subscriptionSinceBasil, subscription],
    ['customer.subscription.trial_will_end', subscriptionSinceBasil, { ...subscription, type: 'trial.ending' }],
    ['customer.discount.created', { id: 'di_1', subscription: 'sub_1' }, subscription],
    ['customer.discount.deleted', { id: 'di_1', customer: 'cus_1', subscription: null }, null],
    ['subscription_schedule.updated', scheduled, subscription],
    [
      'subscription_schedule.released',
      { ...scheduled, subscription: null, released_subscription: 'sub_1' },
      subscription,
    ],
    ['subscription_schedule.canceled', { ...scheduled, subscription: null }, null],
    ['invoice.upcoming', upcoming, subscription],
    ['invoice.finalized', invoiceSinceBasil, { type: 'invoice.changed', ...invoice }],
    ['invoice.deleted', { id: 'in_2', parent: null }, { type: 'invoice.changed', ...alone }],
    ['invoice.payment_failed', invoiceSinceBasil, { type: 'invoice.payment_failed', ...invoice }],
    ['invoice.payment_action_required', invoiceBeforeBasil, { type: 'invoice.action_required', ...invoice }],
    ['invoice.paid', invoiceBeforeBasil, { type: 'invoice.paid', ...invoice }],
    ['invoice.payment_succeeded', invoiceSinceBasil, { type: 'invoice.paid', ...invoice }],
    ['invoice.paid', { id: 'in_2', parent: null }, { type: 'invoice.paid', ...alone }],
    ['invoice.paid', { id: 'in_2', subscription: null }, { type: 'invoice.paid', ...alone }],
    ['product.updated', { id: 'prod_1' }, null],
    ['payout.failed', { id: 'po_1' }, null],
    ['constructor', { id: 'x_1' }, null],
  ])('%s', (type, object, fact) => {
    expect(toFact(type, object)).toEqual(fact)
  })

  it.each(Object.entries(invoices))('is the same of a paid invoice from %s', (_version, object) => {
    expect(toFact('invoice.paid', object)).toEqual({ type: 'invoice.paid', ...invoice })
  })

  it('is refused of an invoice that names its subscription in a way nobody knows', () => {
    const unknown = expect.objectContaining({ code: 'provider_refused' })
    expect(() => toFact('invoice.paid', { id: 'in_1', bills: 'sub_1' })).toThrow(unknown)
  })
})
