import { describe, expect, it } from 'vitest'
import { cheapestPlanWith, featuresOf, onlyPack, packById, planById, planOf, yearlySaving } from './catalog.ts'
import { defineCatalog } from './define-catalog.ts'

const catalog = defineCatalog({
  currency: 'usd',
  freePlan: 'free',
  plans: {
    free: { name: 'Free', features: ['3 questions'] },
    starter: {
      name: 'Starter',
      month: [{ kind: 'flat', amountMinor: 2900, formerPriceIds: ['price_2024'] }],
      year: [{ kind: 'flat', amountMinor: 29000, providerPriceId: 'price_pinned' }],
      everythingIn: 'free',
      features: ['History'],
      limits: { sources: 10 },
    },
    growth: { name: 'Growth', year: 79000, everythingIn: 'starter', features: ['Slack'], limits: { sources: null } },
  },
  packs: { uses20: { name: '20 uses', credits: 20, amountMinor: 500 } },
})

describe('planOf', () => {
  it('knows a price by its key', () => {
    const found = planOf(catalog, { providerPriceId: 'price_any', priceKey: 'starter_monthly' })
    expect(found).toMatchObject({ plan: { id: 'starter' }, interval: 'month' })
  })

  it('knows a price that is pinned by its id', () => {
    const found = planOf(catalog, { providerPriceId: 'price_pinned', priceKey: null })
    expect(found).toMatchObject({ plan: { id: 'starter' }, interval: 'year' })
  })

  it('knows the prices of before', () => {
    const found = planOf(catalog, { providerPriceId: 'price_2024', priceKey: null })
    expect(found).toMatchObject({ plan: { id: 'starter' }, interval: 'month' })
  })

  it('does not guess at others', () => {
    expect(planOf(catalog, { providerPriceId: 'price_other', priceKey: null })).toBeNull()
    expect(planOf(catalog, { providerPriceId: 'price_other', priceKey: 'other_monthly' })).toBeNull()
  })
})

describe('looking things up', () => {
  it('finds plans and packs by their ids', () => {
    expect(planById(catalog, 'growth')?.name).toBe('Growth')
    expect(packById(catalog, 'uses20')?.credits).toBe(20)
  })

  it('does not take the names of object properties for ids', () => {
    expect(planById(catalog, 'constructor')).toBeNull()
    expect(packById(catalog, '__proto__')).toBeNull()
  })

  it('needs no pack id while there is one pack, and one as soon as there are two', () => {
    expect(onlyPack(catalog)?.id).toBe('uses20')
    const two = { ...catalog, packs: { ...catalog.packs, uses50: { ...catalog.packs.uses20, id: 'uses50' } } }
    expect(onlyPack(two)).toBeNull()
    expect(onlyPack({ ...catalog, packs: {} })).toBeNull()
  })
})

describe('what a plan offers', () => {
  it('contains the features of the plans it builds on, theirs first', () => {
    expect(featuresOf(catalog, catalog.plans.growth)).toEqual(['3 questions', 'History', 'Slack'])
  })

  it('saves what a year costs less than twelve months', () => {
    expect(yearlySaving(catalog.plans.starter)).toBe(5800)
    expect(yearlySaving(catalog.plans.growth)).toBe(0)
  })

  it('is offered at the lowest monthly cost that helps', () => {
    const sources = (wanted: number) =>
      cheapestPlanWith(catalog, ({ limits }) => limits.sources === null || (limits.sources ?? 0) >= wanted)?.id
    expect(sources(5)).toBe('starter')
    expect(sources(50)).toBe('growth')
    expect(cheapestPlanWith(catalog, () => false)).toBeNull()
  })
})
