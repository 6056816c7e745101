'use client'

export { createFakeBilling, type FakeBilling, type FakeScenario } from './testing/create-fake-billing.ts'
export type { FakeCall, FakeCallName } from './testing/fake-client.ts'
export { fakeMoney } from './testing/fake-money.ts'
export { type FakePlan, fakePack, fakePlan, fakePlans } from './testing/fake-plans.ts'
export { fakeCredits, fakeStatus, fakeSubscription } from './testing/fake-status.ts'
