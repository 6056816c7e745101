import { describe, expect, it } from 'vitest'
import { defineCatalog } from './define-catalog.ts'
import { withFirstPack, withFreeUses, withPriceId } from './override-catalog.ts'

const catalog = defineCatalog({
  currency: 'usd',
  freePlan: 'free',
  freeUses: 3,
  plans: {
    free: { name: 'Free' },
    team: {
      name: 'Team',
      month: [
        { kind: 'flat', amountMinor: 1000 },
        { kind: 'seat', amountMinor: 900 },
      ],
    },
  },
  packs: {
    small: { name: '20 uses', credits: 20, amountMinor: 500 },
    large: { name: '100 uses', credits: 100, amountMinor: 2000 },
  },
})

describe('overriding a catalog', () => {
  it('changes the free uses', () => {
    expect(withFreeUses(catalog, 0).units).toEqual({ uses: { name: 'uses', scale: 1, freeUses: 0 } })
  })

  it('changes the first pack and no other', () => {
    const { packs } = withFirstPack(catalog, { credits: 50, amountMinor: 900 })
    expect(packs.small).toMatchObject({ id: 'small', name: '20 uses', credits: 50, amountMinor: 900 })
    expect(packs.large).toBe(catalog.packs.large)
  })

  it('has nothing to change where there are no packs', () => {
    const empty = { ...catalog, packs: {} }
    expect(withFirstPack(empty, { credits: 50 })).toBe(empty)
  })

  it("pins the first item of a plan's price", () => {
    const pinned = withPriceId(catalog, { planId: 'team', interval: 'month', providerPriceId: 'price_1' })
    const ids = pinned.plans.team.prices.month?.items.map((item) => item.providerPriceId)
    expect(ids).toEqual(['price_1', undefined])
  })

  it('pins nothing where there is no such price', () => {
    expect(withPriceId(catalog, { planId: 'team', interval: 'year', providerPriceId: 'price_1' })).toBe(catalog)
    expect(withPriceId(catalog, { planId: 'other', interval: 'month', providerPriceId: 'price_1' })).toBe(catalog)
  })

  it('leaves the catalog it was given as it was', () => {
    const before = structuredClone(catalog)
    withFreeUses(catalog, 9)
    withFirstPack(catalog, { credits: 1 })
    withPriceId(catalog, { planId: 'team', interval: 'month', providerPriceId: 'price_1' })
    expect(catalog).toEqual(before)
  })
})
