import type { Deed } from './deed.ts'
import type { OpenAccount } from './open-account.ts'

const day = 86_400

const one = <T>(values: readonly T[], index: number): T | undefined => values[index % Math.max(values.length, 1)]

const subscriptionOf = (account: OpenAccount, pick: number): string =>
  String(one(account.world.store.all('subscription'), pick)?.id)

/** A subscription that starts in the past, is anchored elsewhere, or is billed the classic way. */
const subscribeAnchored: Deed = (account, shop, { pick, amount }) => {
  const now = account.world.now()
  account.call('POST /v1/subscriptions', {
    customer: one(shop.customers, pick),
    items: [{ price: one(shop.plans, amount), quantity: 1 + (pick % 3) }],
    billing_mode: { type: one(['classic', 'flexible'], amount) },
    proration_behavior: one(['create_prorations', 'none'], pick),
    ...(amount % 2 === 0 ? { billing_cycle_anchor: now + (1 + (amount % 20)) * day } : {}),
    ...(pick % 2 === 0 ? { backdate_start_date: now - (1 + (amount % 90)) * day } : {}),
    ...(amount % 3 === 0 ? { discounts: [{ coupon: shop.coupon }] } : {}),
  })
}

const pause: Deed = (account, _shop, { pick, amount }) => {
  account.call(`POST /v1/subscriptions/${subscriptionOf(account, pick)}/pause`, {
    bill_for: { unused_time_from: { type: one(['none', 'now', 'item_current_period_start'], amount) } },
    invoicing_behavior: one(['invoice', 'pending_invoice_item'], pick),
  })
}

const resume: Deed = (account, _shop, { pick, amount }) => {
  account.call(`POST /v1/subscriptions/${subscriptionOf(account, pick)}/resume`, {
    billing_cycle_anchor: { type: one(['now', 'unchanged'], amount) },
    payment_behavior: one(['resume_on_payment_attempt', 'resume_on_payment_success'], pick),
    proration_behavior: one(['always_invoice', 'create_prorations', 'none'], amount),
  })
}

/** A trial of a subscription that stands still is not simulated. */
const still = ['paused', 'unpaid']

const tryAgain: Deed = (account, _shop, { pick, amount }) => {
  const moving = account.world.store.all('subscription').filter(({ status }) => !still.includes(status))
  account.call(`POST /v1/subscriptions/${one(moving, pick)?.id}`, {
    trial_end: account.world.now() + (1 + (amount % 15)) * day,
    proration_behavior: one(['create_prorations', 'none'], pick),
  })
}

const schedule: Deed = (account, shop, { pick, amount }) => {
  const phase = (index: number) => ({
    items: [{ price: one(shop.plans, index), quantity: 1 + (index % 2) }],
    duration: { interval: 'day', interval_count: 3 + (index % 40) },
    proration_behavior: one(['create_prorations', 'always_invoice', 'none'], index),
    ...(index % 3 === 0 ? { discounts: [{ coupon: shop.coupon }] } : {}),
    ...(index % 4 === 0 ? { add_invoice_items: [{ price: shop.pack }] } : {}),
    ...(index % 5 === 0 ? { trial: true } : {}),
  })
  account.call('POST /v1/subscription_schedules', {
    customer: one(shop.customers, pick),
    phases: [phase(amount), phase(amount + pick)],
    end_behavior: one(['cancel', 'release'], pick),
    start_date: amount % 3 === 0 ? account.world.now() + day : 'now',
  })
}

/** What moves in time: anchors, pauses, trials and schedules. */
export const timeDeeds: Readonly<Record<string, Deed>> = { pause, resume, schedule, subscribeAnchored, tryAgain }
