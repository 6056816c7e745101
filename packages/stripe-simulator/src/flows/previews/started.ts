import { notSimulated } from '../../domain/failure.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { pendingItems } from '../invoices/draft.ts'
import { startItems } from '../subscriptions/create.ts'
import { firstInvoice, startSubscription, subscriptionTax } from '../subscriptions/start.ts'
import { trialEndOf } from '../subscriptions/trial.ts'
import type { PreviewedChange, PreviewInput } from './input.ts'

const served = ['cancel_at_period_end', 'items', 'metadata', 'proration_behavior', 'trial_end']

const refuseUnserved = (details: PreviewedChange): void => {
  const name = Object.keys(details).find((each) => !served.includes(each))
  if (name === undefined) return
  throw notSimulated(`\`${name}\` of a subscription that is not there yet`, `subscription_details[${name}]`)
}

const trialEnd = (world: World, { trial_end }: PreviewedChange, recurring: boolean): number | null =>
  recurring ? null : trialEndOf(world, trial_end === undefined ? {} : { trial_end })

/** The first invoice of a subscription that a customer might take. */
export const startedDraft = (world: World, input: PreviewInput, { id: customer }: Customer): Invoice => {
  const details = input.subscription_details ?? {}
  refuseUnserved(details)
  const trial = trialEnd(world, details, input.preview_mode === 'recurring')
  const started = startSubscription(world, {
    customer,
    items: startItems(world, details.items ?? []),
    status: trial === null ? 'active' : 'trialing',
    trialEnd: trial,
    discounts: input.discounts || [],
    fields: { automatic_tax: subscriptionTax(input.automatic_tax?.enabled === true) },
    ...(details.metadata === undefined ? {} : { metadata: details.metadata }),
  })
  const subscription = world.update(started, { latest_invoice: world.ids.next('invoice') })
  const draft = firstInvoice(world, subscription, { items: pendingItems(world, subscription) })
  if (!draft) throw new TypeError('A subscription with an id for its first invoice has one')
  return world.update(draft, { parent: null })
}
