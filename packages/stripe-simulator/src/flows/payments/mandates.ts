import { invalidRequest, type StripeFailure } from '../../domain/failure.ts'
import type { DebitMethod, PaymentMethod } from '../../domain/objects/customer.ts'
import type { PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'

type Intent = PaymentIntent | SetupIntent

/** How the customer agreed: on a page, or on paper that somebody keeps. */
export interface Acceptance {
  readonly accepted_at?: number
  readonly offline?: object
  readonly online?: { readonly ip_address?: string; readonly user_agent?: string }
  readonly type: 'offline' | 'online'
}

export const onPage: Acceptance = {
  type: 'online',
  online: { ip_address: '127.0.0.1', user_agent: 'Simulated browser' },
}

const isOnce = (intent: Intent): boolean => intent.object === 'payment_intent' && intent.setup_future_usage === null

const scopeOf = (intent: Intent) =>
  intent.object === 'payment_intent' && isOnce(intent)
    ? { single_use: { amount: intent.amount, currency: intent.currency }, type: 'single_use' as const }
    : { multi_use: {}, type: 'multi_use' as const }

const detailsOf = (world: World, method: DebitMethod, id: string) => {
  if (method.type === 'us_bank_account') return { type: method.type, us_bank_account: {} }
  const reference = id.replace('mandate_', '').slice(0, 16).toUpperCase()
  return { type: method.type, sepa_debit: { reference, url: world.url(`/_simulator/mandate/${id}`) } }
}

const acceptanceOf = (world: World, acceptance: Acceptance) => ({
  accepted_at: acceptance.accepted_at ?? world.now(),
  ...(acceptance.type === 'online'
    ? { online: { ip_address: null, user_agent: null, ...acceptance.online } }
    : { offline: {} }),
  type: acceptance.type,
})

const missing = (intent: Intent): StripeFailure =>
  invalidRequest(
    `This ${intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'} requires a mandate, but no existing mandate was found. Collect mandate acceptance from the customer and try again, providing acceptance data in the mandate_data parameter.`,
    { code: `${intent.object}_mandate_invalid`, param: 'mandate_data' },
  )

/** The method with the consent that its account may be debited: a new one, or one that was given before. */
export const mandated = (
  world: World,
  intent: Intent,
  { method, acceptance }: { readonly method: PaymentMethod; readonly acceptance: Acceptance | undefined },
): PaymentMethod => {
  if (method.type === 'card') return method
  if (!acceptance) {
    if (method.$mandate === undefined) throw missing(intent)
    return method
  }
  const id = world.ids.next('mandate')
  world.insert('mandate', {
    id,
    customer_acceptance: acceptanceOf(world, acceptance),
    payment_method: method.id,
    payment_method_details: detailsOf(world, method, id),
    status: 'active',
    ...scopeOf(intent),
  })
  return world.update(method, { $mandate: id })
}
