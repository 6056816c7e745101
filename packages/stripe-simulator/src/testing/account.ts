import { createTestCustomer, type TestCustomer } from './customer.ts'
import type { Line } from './line.ts'

/** A connected account under test: what its owner does at Stripe, and what Stripe does with it. */
export interface TestAccount {
  /** A customer of this account, rather than of the platform. */
  customer(name: string): TestCustomer
  /** Its owner tells Stripe all that it wants to know: the account can be paid, and be sent money. */
  completesOnboarding(): Promise<void>
  /** Stripe wants to know more: until the next onboarding, charges and payouts are disabled. */
  mustProvide(requirement?: string): Promise<void>
  /** Its owner takes the platform's access away. */
  disconnects(): Promise<void>
}

export const createTestAccount = (line: Line, id: string): TestAccount => {
  const own = line.actingFor(id)
  const customers = new Map<string, TestCustomer>()
  const act = async (verb: string, ...input: readonly unknown[]): Promise<void> => {
    await line.act(verb, id, ...input)
  }
  return {
    customer: (name) => {
      const customer = customers.get(name) ?? createTestCustomer(own, name)
      customers.set(name, customer)
      return customer
    },
    completesOnboarding: () => act('onboardAccount'),
    mustProvide: (requirement = 'individual.verification.document') => act('demandOfAccount', requirement),
    disconnects: () => act('disconnectAccount'),
  }
}
