import { describe, expectTypeOf, it } from 'vitest'
import type { Catalog } from './catalog.ts'
import { defineCatalog } from './define-catalog.ts'

const plans = { free: { name: 'Free' }, pro: { name: 'Pro', month: 2900 } } as const
const packs = { uses20: { name: '20 uses', credits: 20, amountMinor: 500 } } as const

describe('defineCatalog', () => {
  it('infers the ids of plans and packs', () => {
    const catalog = defineCatalog({ currency: 'usd', freePlan: 'free', plans, packs })
    expectTypeOf(catalog).toEqualTypeOf<Catalog<'free' | 'pro', 'uses20', 'uses'>>()
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

  it('infers what is counted in', () => {
    const named = defineCatalog({ currency: 'usd', unit: 'credits', freePlan: 'free', plans, packs })
    expectTypeOf(named.unit).toEqualTypeOf<'credits'>()
    const several = defineCatalog({
      currency: 'usd',
      units: { tokens: { scale: 1000 } },
      freePlan: 'free',
      plans,
      packs,
    })
    expectTypeOf<keyof typeof several.units>().toEqualTypeOf<'uses' | 'tokens'>()
  })

  it('refuses a pack and credits in a unit that is not counted', () => {
    const base = { currency: 'usd', freePlan: 'free', units: { tokens: {} } } as const
    const pack = { name: 'Pack', credits: 1, amountMinor: 9900 }
    defineCatalog({ ...base, plans, packs: { a: { ...pack, unit: 'tokens' }, b: { ...pack, unit: 'uses' } } })
    // @ts-expect-error nothing is counted in gold
    defineCatalog({ ...base, plans, packs: { a: { ...pack, unit: 'gold' } } })
    const pro = { name: 'Pro', month: 2900 }
    const free = { name: 'Free' }
    defineCatalog({ ...base, plans: { free, pro: { ...pro, credits: { perMonth: 1, unit: 'tokens' } } }, packs })
    // @ts-expect-error nothing is counted in gold
    defineCatalog({ ...base, plans: { free, pro: { ...pro, credits: { perMonth: 1, unit: 'gold' } } }, packs })
  })

  it('refuses ids that were not defined', () => {
    const catalog = defineCatalog({ currency: 'usd', freePlan: 'free', plans, packs })
    // @ts-expect-error there is no such plan
    catalog.plans.enterprise
  })
})
