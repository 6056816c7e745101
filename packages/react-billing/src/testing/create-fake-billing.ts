import type { PlansResponse, Status } from '@paywright/contract'
import { createSimulatedStripe, type MemoryBackend, memoryBackend } from '@paywright/stripe-simulator/browser'
import type { Stripe } from '@stripe/stripe-js'
import type { BillingClient } from '../client/billing-client.ts'
import { BillingClientError, type ClientErrorCode } from '../client/billing-client-error.ts'
import { createFakeClient, type FakeCall, type FakeCallName } from './fake-client.ts'
import { fakePlans } from './fake-plans.ts'
import { createFakePurchases } from './fake-purchases.ts'
import { fakeCredits, fakeStatus } from './fake-status.ts'

/** How the world behaves. It is read again at every call: change it as the story goes on. */
export type FakeScenario = {
  plans?: PlansResponse
  status?: Status
  /** Milliseconds that each answer of server and bank takes. */
  latencyMs?: number
  /** Calls that fail, and with what; `'never'` doesn't answer at all. */
  failures?: Partial<Record<FakeCallName, ClientErrorCode | 'never'>>
  /** How many times the server calls a paid purchase `processing` before it has seen the money. */
  processingAnswers?: number
}

export type FakeBilling = {
  client: BillingClient
  /** A simulated Stripe.js: 4242… pays, …0002 is declined, …3155 asks for 3-D Secure. */
  stripe: Stripe
  scenario: FakeScenario
  /** What the kit asked for, in order. */
  calls: readonly FakeCall[]
}

/**
 * A billing server and a Stripe.js in memory, for a host's own tests and stories: everything happens, nothing leaves
 * the page.
 *
 * @example
 * const billing = createFakeBilling({ status: fakeStatus({ credits: fakeCredits({ paid: 2 }) }) })
 * render(<BillingProvider client={billing.client} stripe={billing.stripe} messages={en}><TopUp /></BillingProvider>)
 */
export const createFakeBilling = (scenario: FakeScenario = {}): FakeBilling => {
  const calls: FakeCall[] = []
  const backend: MemoryBackend = memoryBackend({
    get latencyMs() {
      return scenario.latencyMs ?? 0
    },
    onIntentChange: (intent) => purchases.see(intent),
  })
  const plans = () => scenario.plans ?? fakePlans()
  const status = () => scenario.status ?? fakeStatus()
  const purchases = createFakePurchases({
    packs: () => plans().packs,
    backend: () => backend,
    processingAnswers: () => scenario.processingAnswers ?? 0,
    grant: (credits) => {
      scenario.status = withPaid(status(), credits)
    },
  })
  const answer = async <Answer>(call: FakeCall, give: () => Answer): Promise<Answer> => {
    calls.push(call)
    const failure = scenario.failures?.[call.name]
    if (failure === 'never') await new Promise(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, scenario.latencyMs ?? 0))
    if (failure && failure !== 'never') throw new BillingClientError({ code: failure, message: `A ${failure} error.` })
    return give()
  }
  const client = createFakeClient({ answer, plans, status, purchases })
  return { client, stripe: createSimulatedStripe({ backend, publishableKey: 'pk_test_fake' }), scenario, calls }
}

const withPaid = (status: Status, credits: number): Status => {
  const { free, promotional, plan, paid, debt } = status.credits
  return { ...status, credits: fakeCredits({ free, promotional, plan, debt, paid: paid + credits }) }
}
