import type { StripeError } from '@stripe/stripe-js'
import type { Answer, Intent, PagePayment, PaymentPage, SessionRef } from '../backend.ts'
import { type CheckoutTerms, changedPage, freshPage, type MemoryPage, settledPage } from './memory-pages.ts'

export interface CheckoutPayer {
  readonly birth: (prefix: string) => { readonly id: string }
  /** A new intent over the page's total, confirmed with what was given. */
  readonly pay: (page: MemoryPage, payment: PagePayment) => Intent
  /** The intent as it is now. */
  readonly find: (id: string) => Intent | undefined
  readonly errorOf: (intent: Intent) => StripeError
}

const gone: StripeError = {
  type: 'invalid_request_error',
  code: 'resource_missing',
  message: 'No such checkout.session',
}

const over: StripeError = { type: 'invalid_request_error', message: 'This Checkout Session is not open any more.' }

/** The Checkout Sessions of one memory backend. */
export const memoryCheckout = ({ birth, pay, find, errorOf }: CheckoutPayer) => {
  const pages = new Map<string, { readonly page: MemoryPage; readonly intent?: string }>()

  const settle = (id: string, page: MemoryPage, intent: Intent): MemoryPage => {
    const asked = intent.status === 'requires_action' ? intent.client_secret : null
    const error = intent.status === 'requires_payment_method' ? errorOf(intent) : null
    const settled = settledPage(page, asked, error)
    pages.set(id, { page: settled, intent: intent.id })
    return settled
  }
  /** Between two looks the bank may have answered. */
  const look = ({ id, clientSecret }: SessionRef): MemoryPage | undefined => {
    const kept = clientSecret === `${id}_secret_simulated` ? pages.get(id) : undefined
    const intent = kept?.page.asked_intent ? find(kept.intent ?? '') : undefined
    return kept && intent ? settle(id, kept.page, intent) : kept?.page
  }
  const change = (ref: SessionRef, payment: PagePayment): Answer<MemoryPage> => {
    const page = look(ref)
    if (!page) return { error: gone }
    if (page.session.status.type !== 'open') return { error: over }
    const changed = changedPage(page, payment)
    if ('error' in changed) return changed
    pages.set(ref.id, { page: changed })
    return { value: changed }
  }
  const payPage = (ref: SessionRef, payment: PagePayment): Answer<PaymentPage> => {
    const { value, error } = change(ref, payment)
    if (error) return { error }
    if (!value.session.email) return { error: { type: 'invalid_request_error', message: 'Please enter your email.' } }
    const intent = pay(value, payment)
    const settled = settle(ref.id, value, intent)
    return intent.status === 'requires_payment_method' ? { error: errorOf(intent) } : { value: settled }
  }
  return {
    look,
    change,
    payPage,
    open: (terms: CheckoutTerms): { readonly id: string; readonly client_secret: string } => {
      const { id } = birth('cs_test')
      pages.set(id, { page: freshPage(id, terms) })
      return { id, client_secret: `${id}_secret_simulated` }
    },
  }
}
