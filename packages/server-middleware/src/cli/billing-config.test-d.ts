import { expectTypeOf, it } from 'vitest'
import type { Billing } from '../create-billing.ts'
import type { ConfiguredBilling } from './billing-config.ts'

it('is what createBilling makes', () => {
  expectTypeOf<Billing>().toExtend<ConfiguredBilling>()
})
