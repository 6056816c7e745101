import { describe, expectTypeOf, it } from 'vitest'
import type { Catalog } from './catalog.ts'
import { defineCatalog } from './define-catalog.ts'

const plans = { free: { name: 'Free' }, pro: { name: 'Pro', month: 2900 } } as const
const packs = { uses20: { name: '20 uses', credits: 20, amountMinor: 500 } } as const

describe('defineCatalog', () => {
  it('infers the ids of plans and packs', () => {
    const catalog = defineCatalog({ currency: 'usd', freePlan: 'free', plans, packs })
    expectTypeOf(catalog).toEqualTypeOf<Catalog<'free' | 'pro', 'uses20'>>()
    expectTypeOf(catalog.plans.pro.name).toBeString()
    expectTypeOf<keyof typeof catalog.packs>().toEqualTypeOf<'uses20'>()
  })

  it('infers them from literals in place, whichever plan refers to which', () => {
    const catalog = defineCatalog({
      currency: 'usd',
      freePlan: 'free',
      plans: {
        free: { name: 'Free' },
        pro: { name: 'Pro', everythingIn: 'free' },
        max: { name: 'Max', everythingIn: 'pro' },
      },
      packs: { forever: { name: 'For good', credits: 1, amountMinor: 9900, unlocksPlan: 'max' } },
    })
    expectTypeOf(catalog.freePlan).toEqualTypeOf<'free' | 'pro' | 'max'>()
  })

  it('refuses a free plan that is none of the plans', () => {
    // @ts-expect-error there is no such plan
    defineCatalog({ currency: 'usd', freePlan: 'gratis', plans, packs })
  })

  it('refuses references to plans that do not exist', () => {
    const base = { currency: 'usd', freePlan: 'free', packs: {} } as const
    // @ts-expect-error there is no such plan
    defineCatalog({ ...base, plans: { free: { name: 'Free' }, pro: { name: 'Pro', everythingIn: 'fre' } } })
    const pack = { name: 'For good', credits: 1, amountMinor: 9900 }
    // @ts-expect-error there is no such plan
    defineCatalog({ ...base, plans, packs: { forever: { ...pack, unlocksPlan: 'max' } } })
  })

  it('refuses ids that were not defined', () => {
    const catalog = defineCatalog({ currency: 'usd', freePlan: 'free', plans, packs })
    // @ts-expect-error there is no such plan
    catalog.plans.enterprise
  })
})
