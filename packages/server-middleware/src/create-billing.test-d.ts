import { expectTypeOf, test } from 'vitest'
import { createBilling } from './create-billing.ts'
import { defineCatalog } from './domain/define-catalog.ts'
import type { EffectType } from './domain/event.ts'
import type { Hook } from './hooks.ts'
import type { BillingOptions } from './options.ts'

const catalog = defineCatalog({
  currency: 'usd',
  units: { tokens: { scale: 1000 } },
  freePlan: 'free',
  plans: { free: { name: 'Free' } },
  packs: {},
})
const open = () => createBilling({ ...({} as Omit<BillingOptions, 'catalog'>), identify: () => null, catalog })

type Made = ReturnType<typeof open>
type UnitOf<Verb extends 'check' | 'charge' | 'grant' | 'hold' | 'credits' | 'entries'> = Parameters<
  Made[Verb]
>[0]['unit']

test('the verbs and the guards count in the units of the catalog', () => {
  type Unit = 'uses' | 'tokens' | undefined
  expectTypeOf<UnitOf<'check'>>().toEqualTypeOf<Unit>()
  expectTypeOf<UnitOf<'charge'>>().toEqualTypeOf<Unit>()
  expectTypeOf<UnitOf<'grant'>>().toEqualTypeOf<Unit>()
  expectTypeOf<UnitOf<'hold'>>().toEqualTypeOf<Unit>()
  expectTypeOf<UnitOf<'credits'>>().toEqualTypeOf<Unit>()
  expectTypeOf<UnitOf<'entries'>>().toEqualTypeOf<Unit>()
  expectTypeOf<Parameters<Made['guards']['requireCredits']>[1]>().toEqualTypeOf<
    { unit?: 'uses' | 'tokens' } | undefined
  >()
})

test('credits are low in units of the catalog only', () => {
  type LowAt = NonNullable<BillingOptions<string, string, unknown, 'uses' | 'tokens'>['credits']>['lowAt']
  expectTypeOf<{ tokens: 5000 }>().toExtend<LowAt>()
  expectTypeOf<100>().toExtend<LowAt>()
  expectTypeOf<{ tokns: 5000 }>().not.toExtend<LowAt>()
})

test('hooks hear what their effect says, and only dead events are nobody’s', () => {
  const { on } = open()
  on('purchase.refunded', (effect) => void expectTypeOf(effect.accountId).toEqualTypeOf<string>())
  on('event.dead', (effect) => void expectTypeOf(effect.accountId).toEqualTypeOf<null>())
})

test('a hook is handed the effect that it listens to', () => {
  type Heard<Type extends EffectType> = Parameters<Hook<Type>>[0]
  expectTypeOf<Heard<'invoice.payment_failed'>['amountDueMinor']>().toEqualTypeOf<number>()
  expectTypeOf<Heard<'invoice.action_required'>['type']>().toEqualTypeOf<'invoice.action_required'>()
  expectTypeOf<Heard<'dispute.opened'>['evidenceDueAt']>().toEqualTypeOf<Date | null>()
  expectTypeOf<Heard<'trial.ending'>['endsAt']>().toEqualTypeOf<Date>()
  expectTypeOf<Heard<'subscription.duplicate'>['olderSubscriptionId']>().toEqualTypeOf<string>()
})
