import type { Pack, Purchase, PurchaseRequest, StartedPurchase } from '@paywright/contract'
import type { Intent, MemoryBackend } from '@paywright/stripe-simulator/browser'
import { BillingClientError } from '../client/billing-client-error.ts'

export type FakePurchases = {
  start(request: PurchaseRequest, idempotencyKey: string): StartedPurchase
  /** As the server would: it looks at the payment, and calls it succeeded once it has granted. */
  find(paymentId: string): Purchase
  /** Hears from the simulated Stripe. */
  see(intent: Intent): void
}

type FakePurchasesInput = {
  packs: () => readonly Pack[]
  backend: () => MemoryBackend
  /** How many times the server answers `processing` before it has seen the money. */
  processingAnswers: () => number
  grant: (credits: number) => void
}

/** The server's purchases, with the simulated Stripe's payments behind them. */
export const createFakePurchases = (input: FakePurchasesInput): FakePurchases => {
  const byKey = new Map<string, StartedPurchase>()
  const intents = new Map<string, Intent>()
  const granted = new Map<string, number>()

  const settle = (purchase: StartedPurchase): Purchase['status'] => {
    const asked = (granted.get(purchase.paymentId) ?? 0) + 1
    granted.set(purchase.paymentId, asked)
    if (asked <= input.processingAnswers()) return 'processing'
    if (asked === input.processingAnswers() + 1) input.grant(purchase.usesPurchased)
    return 'succeeded'
  }
  return {
    see: (intent) => intents.set(intent.id, intent),
    start: (request, idempotencyKey) => {
      const known = byKey.get(idempotencyKey)
      if (known) return known
      const pack = input.packs().find(({ id }) => id === request.packId) ?? input.packs()[0]
      if (!pack) throw new BillingClientError({ code: 'not_found', message: 'The catalog has no such pack.' })
      const purchase = startedPurchase(pack, input.backend())
      byKey.set(idempotencyKey, purchase)
      return purchase
    },
    find: (paymentId) => {
      const purchase = [...byKey.values()].find((candidate) => candidate.paymentId === paymentId)
      if (!purchase) throw new BillingClientError({ code: 'not_found', message: 'There is no such purchase.' })
      const { clientSecret: _, ...known } = purchase
      const seen = intents.get(paymentId)?.status
      return { ...known, status: seen === 'succeeded' ? settle(purchase) : purchaseStatus(seen) }
    },
  }
}

const startedPurchase = (pack: Pack, backend: MemoryBackend): StartedPurchase => {
  const { amountMinor: amount, currency } = pack.price
  const intent = backend.openPaymentIntent({ amount, currency })
  return {
    paymentId: intent.id,
    packId: pack.id,
    quantity: 1,
    unit: pack.unit,
    scale: pack.scale,
    usesPurchased: pack.usesPurchased,
    amountMinor: amount,
    currency,
    price: pack.price,
    status: 'requires_payment_method',
    failure: null,
    createdAt: '2026-11-21T09:00:00.000Z',
    clientSecret: intent.client_secret ?? '',
  }
}

const purchaseStatus = (status: Intent['status'] | undefined): Purchase['status'] => {
  if (status === 'processing' || status === 'requires_action' || status === 'canceled') return status
  return 'requires_payment_method'
}
