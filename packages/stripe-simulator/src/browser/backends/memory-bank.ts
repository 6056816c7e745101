import type { PaymentIntent, PaymentMethod } from '@stripe/stripe-js'
import type { CardMethod, Confirmation, Intent, TokenRequest } from '../backend.ts'
import { freshPaymentIntent, freshSetupIntent, type PaymentTerms, unauthenticated } from './memory-intents.ts'
import { freshConfirmationToken, freshPaymentMethod, savedPaymentMethod } from './memory-methods.ts'
import { attempted, type memoryStore } from './memory-store.ts'

type Store = ReturnType<typeof memoryStore>

/** What happens to money and cards in memory: methods are made, intents confirmed, challenges answered. */
export const memoryBank = (store: Store, challengeUrl: () => string | undefined) => {
  const { birth, keep, keepNumber, numberOf } = store
  const methods = new Map<string, PaymentMethod>()
  const customers = new Map<string, readonly PaymentMethod[]>()

  const actionFor = (returnUrl?: string): PaymentIntent.NextAction => {
    const url = challengeUrl()
    return url === undefined
      ? { type: 'use_stripe_sdk', use_stripe_sdk: {} }
      : { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl ?? null } }
  }
  const keepMethod = (method: PaymentMethod, number: string): PaymentMethod => {
    methods.set(method.id, method)
    return keepNumber(method, number)
  }
  const makeMethod = (method: CardMethod): PaymentMethod =>
    keepMethod(freshPaymentMethod(birth('pm'), method), method.card.number)
  const confirm = <I extends Intent>(intent: I, number: string, returnUrl?: string): I => {
    const { id } = keepNumber(birth('pm'), number)
    return keep(attempted(intent, { number, paymentMethod: id, action: actionFor(returnUrl) }))
  }
  const challenged = (intent: Intent): Intent => {
    const paymentMethod = String(intent.payment_method)
    const number = numberOf(paymentMethod) ?? ''
    return attempted(intent, { number, paymentMethod, action: actionFor(), authenticated: true })
  }
  return {
    makeMethod,
    confirm,
    paidWith: ({ method, paymentMethodId, confirmationTokenId }: Confirmation): string | undefined =>
      method?.card.number ?? numberOf(paymentMethodId ?? confirmationTokenId ?? ''),
    answerBank: (intent: Intent, outcome: 'complete' | 'fail'): Intent =>
      keep(outcome === 'fail' ? unauthenticated(intent) : challenged(intent)),
    makeToken: (request: TokenRequest) => {
      const method = request.method ? makeMethod(request.method) : methods.get(request.paymentMethodId ?? '')
      if (!method) return undefined
      return keepNumber(freshConfirmationToken(birth('ctoken'), request, method), numberOf(method.id) ?? '')
    },
    openPayment: ({ savedCard, ...terms }: PaymentTerms & { readonly savedCard?: string }): PaymentIntent => {
      const intent = keep(freshPaymentIntent(birth('pi'), terms))
      return savedCard === undefined ? intent : confirm(intent, savedCard)
    },
    openSetup: () => keep(freshSetupIntent(birth('seti'))),
    openCustomer: (numbers: readonly string[]): { readonly client_secret: string } => {
      const client_secret = `${birth('cuss').id}_secret_simulated`
      const saved = numbers.map((number) => keepMethod(savedPaymentMethod(birth('pm'), number), number))
      customers.set(client_secret, saved)
      return { client_secret }
    },
    savedBy: (secret: string) => customers.get(secret),
  }
}
