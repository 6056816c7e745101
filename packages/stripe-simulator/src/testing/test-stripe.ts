import { createStripeSimulator } from '../create-simulator.ts'
import type { PaymentIntent } from '../domain/objects/payment.ts'
import type { SecretRoll } from '../flows/roll-secret.ts'
import type { SimulatorOptions } from '../simulator.ts'
import { createTestAccount, type TestAccount } from './account.ts'
import { createTestCustomer, type TestCustomer } from './customer.ts'
import { type DeliverySwitches, deliverySwitches } from './delivery-switches.ts'
import { parseDuration } from './duration.ts'
import { addressOf, type StripeAddress } from './global-setup.ts'
import { type Line, openLine } from './line.ts'

/** A simulated Stripe in the words of a test. */
export interface TestStripe {
  /** Where it listens, and its keys: all that your app needs. */
  readonly address: StripeAddress
  /** The customer with this name: `'alice'` has the e-mail `alice@example.com`; an e-mail or a `cus_…` will do too. */
  customer(name: string): TestCustomer
  /** The connected account with this id: `'acct_…'`. */
  account(id: string): TestAccount
  /** Moves time ahead: `'1 month'`, `'3 days'`, `'2 hours'`. All that is due happens, in order. Resolves with the new time. */
  advance(duration: string): Promise<Date>
  readonly delivers: DeliverySwitches
  /** Resolves when no webhook waits any more. What `delivers.nothing()` holds back does not count. */
  settled(): Promise<void>
  /** A new signing secret for a webhook endpoint; the old one signs too, 24 hours long unless told otherwise. */
  rollsSecret(roll?: SecretRoll): Promise<string>
  /** The next charges fail, whatever the card. */
  declinesNext(declineCode?: string, times?: number): Promise<void>
  /**
   * Banks answer the debits that are on their way: all of them, or a PaymentIntent's. `failureCode`: why they come back,
   * such as `insufficient_funds`.
   */
  bankAnswers(outcome: 'fail' | 'succeed', which?: { intentId?: string; failureCode?: string }): Promise<void>
  /** An empty account. Webhook endpoints of the start stay. */
  reset(): Promise<void>
}

/** The payments that wait for their bank, oldest first. */
const processing = async (line: Line): Promise<string[]> => {
  const { data } = await line.get<{ readonly data: readonly PaymentIntent[] }>('/v1/payment_intents', { limit: 100 })
  return data.flatMap(({ id, status }) => (status === 'processing' ? [id] : [])).reverse()
}

/**
 * Talks to a simulator that runs already, in this process or another.
 *
 * @example
 * ```ts
 * const stripe = connectStripe(inject('stripe')) // what `stripeGlobalSetup` provides
 * await stripe.customer('alice').subscribesTo('growth')
 * await stripe.advance('1 month')
 * ```
 */
export const connectStripe = (address: StripeAddress): TestStripe => {
  const line = openLine(address)
  const customers = new Map<string, TestCustomer>()
  return {
    address,
    customer: (name) => {
      const customer = customers.get(name) ?? createTestCustomer(line, name)
      customers.set(name, customer)
      return customer
    },
    account: (id) => createTestAccount(line, id),
    advance: async (duration) => {
      const { now } = await line.steer<{ readonly now: number }>('/clock', parseDuration(duration))
      return new Date(now * 1000)
    },
    delivers: deliverySwitches(line),
    settled: async () => {
      await line.steer('/settled', {})
    },
    rollsSecret: async (roll = {}) => (await line.steer<{ readonly secret: string }>('/roll-secret', roll)).secret,
    declinesNext: async (declineCode = 'generic_decline', times = 1) => {
      await line.steer('/next-decline', { declineCode, times })
    },
    bankAnswers: async (outcome, { intentId, failureCode } = {}) => {
      const waiting = intentId === undefined ? await processing(line) : [intentId]
      for (const id of waiting) await line.steer(`/payments/${id}/settle`, { outcome, failureCode })
    },
    reset: async () => {
      customers.clear()
      await line.steer('/reset', {})
    },
  }
}

/**
 * Starts a simulator in this process, for one test or one file.
 *
 * @example
 * ```ts
 * await using stripe = await startStripe({ webhooks: [{ url: `${app.url}/billing/webhook` }] })
 * const alice = stripe.customer('alice')
 * await alice.subscribesTo('growth')
 * await alice.paysWith('4000000000000341')
 * await stripe.advance('1 month')
 * await stripe.settled()
 * ```
 */
export const startStripe = async (options: SimulatorOptions = {}): Promise<TestStripe & AsyncDisposable> => {
  const simulator = await createStripeSimulator(options)
  return { ...connectStripe(addressOf(simulator)), [Symbol.asyncDispose]: () => simulator.close() }
}
