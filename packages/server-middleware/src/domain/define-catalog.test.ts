import { describe, expect, it } from 'vitest'
import { defineCatalog } from './define-catalog.ts'

const defineOne = (plan: object, pack: object = {}) =>
  defineCatalog({
    currency: 'usd',
    freePlan: 'pro',
    plans: { pro: { name: 'Pro', ...plan } },
    packs: { uses: { name: 'Uses', credits: 20, amountMinor: 500, ...pack } },
  })

describe('defineCatalog', () => {
  it('makes one flat item of an amount, with a price key that says whose and how often', () => {
    const { pro } = defineOne({ month: 2900, year: 29000 }).plans
    expect(pro.prices.month).toEqual({
      amountMinor: 2900,
      items: [{ kind: 'flat', amountMinor: 2900, priceKey: 'pro_monthly', formerPriceIds: [] }],
    })
    expect(pro.prices.year?.items[0]?.priceKey).toBe('pro_yearly')
  })

  it('leaves intervals out that are not sold', () => {
    expect(defineOne({ year: 29000 }).plans.pro.prices).not.toHaveProperty('month')
  })

  it('holds several items: the amount is what every period costs, usage apart', () => {
    const { pro } = defineOne({
      month: [
        { kind: 'flat', amountMinor: 1000 },
        { kind: 'seat', amountMinor: 900 },
        { kind: 'metered', meter: 'questions', amountMinor: 2 },
        { kind: 'tiered', mode: 'volume', tiers: [{ upTo: null, unitAmountMinor: 5, flatAmountMinor: 300 }] },
      ],
    }).plans
    expect(pro.prices.month?.amountMinor).toBe(2200)
    const keys = pro.prices.month?.items.map((item) => item.priceKey)
    expect(keys).toEqual(['pro_monthly', 'pro_monthly_seat', 'pro_monthly_metered', 'pro_monthly_tiered'])
  })

  it('keeps the price key and the ids that an item brings', () => {
    const { pro } = defineOne({
      month: [
        { kind: 'flat', amountMinor: 1, priceKey: 'mine', providerPriceId: 'price_1', formerPriceIds: ['price_0'] },
      ],
    }).plans
    expect(pro.prices.month?.items[0]).toMatchObject({
      priceKey: 'mine',
      providerPriceId: 'price_1',
      formerPriceIds: ['price_0'],
    })
  })

  it('fills in what was not said', () => {
    const catalog = defineOne({})
    expect(catalog).toMatchObject({ unit: 'uses', labelling: {}, legal: {} })
    expect(catalog.units).toEqual({ uses: { name: 'uses', scale: 1, freeUses: 0 } })
    expect(catalog.packs.uses.unit).toBe('uses')
    expect(catalog.plans.pro).toMatchObject({ group: 'default', trialDays: 0, everythingIn: null, recommended: false })
  })

  it('spells the currency as the provider does', () => {
    const catalog = defineCatalog({ currency: 'EUR', freePlan: 'free', plans: { free: { name: 'Free' } }, packs: {} })
    expect(catalog.currency).toBe('eur')
  })

  it.each([
    ['a fraction of a minor unit', { month: 29.5 }],
    ['a negative amount', { month: -1 }],
    ['an amount that is too large to count', { month: Number.MAX_SAFE_INTEGER + 1 }],
    [
      'a fraction in a tier',
      { month: [{ kind: 'tiered', mode: 'volume', tiers: [{ upTo: null, unitAmountMinor: 0.5 }] }] },
    ],
    ['a fraction of metered usage', { month: [{ kind: 'metered', meter: 'm', amountMinor: 0.5 }] }],
  ])('refuses %s', (_what, plan) => {
    expect(() => defineOne(plan)).toThrow(RangeError)
  })

  it.each([
    ['no credits', { credits: 0 }],
    ['half a credit', { credits: 0.5 }],
    ['a fractional price', { amountMinor: 4.99 }],
  ])('refuses a pack with %s', (_what, pack) => {
    expect(() => defineOne({}, pack)).toThrow(RangeError)
  })

  it('fills in what the credits of a plan leave open', () => {
    const { pro } = defineOne({ month: 2900, credits: { perMonth: 500, rollover: { months: 1 } } }).plans
    expect(pro.credits).toEqual({ unit: 'uses', perMonth: 500, inTrial: 0, rollover: { months: 1, upTo: null } })
    expect(defineOne({}).plans.pro.credits).toBeNull()
  })

  it.each([
    ['that are none', { month: 2900, credits: { perMonth: 0 } }, 'perMonth in credits of plan pro must be at least 1'],
    ['that are halves', { month: 2900, credits: { perMonth: 0.5 } }, 'perMonth in credits of plan pro must be a whole'],
    ['that roll over into nothing', { month: 1, credits: { perMonth: 1, rollover: { months: 0 } } }, 'rollover.months'],
    ['of which none rolls over', { month: 1, credits: { perMonth: 1, rollover: { months: 1, upTo: 0 } } }, 'upTo'],
    ['of a trial that there is not', { month: 2900, credits: { perMonth: 1, inTrial: 1 } }, 'no trialDays'],
    ['that no invoice brings', { credits: { perMonth: 1 } }, 'no price'],
    [
      'of usage that is not known yet',
      { month: [{ kind: 'metered', meter: 'm', amountMinor: 1 }], credits: { perMonth: 1 } },
      'put the metered one behind it',
    ],
  ])('refuses credits of a plan %s', (_what, plan, problem) => {
    expect(() => defineOne(plan)).toThrow(problem)
  })

  it('counts in several units, the default one first', () => {
    const catalog = defineCatalog({
      currency: 'usd',
      unit: 'uses',
      freeUses: 3,
      units: { tokens: { scale: 1000, freeUses: 500 }, seconds: {}, uses: { scale: 10 } },
      freePlan: 'free',
      plans: {
        free: { name: 'Free' },
        pro: { name: 'Pro', month: 2900, credits: { perMonth: 9000, unit: 'tokens' } },
        max: { name: 'Max', month: 9900, credits: { perMonth: 9 } },
      },
      packs: {
        uses: { name: '20 uses', credits: 20, amountMinor: 500 },
        tokens: { name: 'A thousand tokens', unit: 'tokens', credits: 1_000_000, amountMinor: 900 },
      },
    })
    expect(Object.values(catalog.units)).toEqual([
      { name: 'uses', scale: 10, freeUses: 3 },
      { name: 'tokens', scale: 1000, freeUses: 500 },
      { name: 'seconds', scale: 1, freeUses: 0 },
    ])
    expect([catalog.plans.pro.credits?.unit, catalog.plans.max.credits?.unit]).toEqual(['tokens', 'uses'])
    expect([catalog.packs.uses.unit, catalog.packs.tokens.unit]).toEqual(['uses', 'tokens'])
  })

  it.each([
    ['with a blank in its name', { units: { 'gold coins': {} } }, 'cannot be called "gold coins"'],
    ['with a colon in its name', { units: { 'a:b': {} } }, 'cannot be called "a:b"'],
    ['without a name', { unit: '' }, 'cannot be called ""'],
    [
      'whose scale is no number of parts',
      { units: { tokens: { scale: 0 } } },
      'The scale of tokens must be at least 1',
    ],
    ['whose scale is a fraction', { units: { tokens: { scale: 0.5 } } }, 'The scale of tokens must be a whole number'],
    ['with half a free use', { units: { tokens: { freeUses: 0.5 } } }, 'freeUses of tokens must be a whole number'],
    ['whose free uses are said twice', { freeUses: 3, units: { uses: { freeUses: 3 } } }, 'say it once'],
    [
      'of a pack, that is not counted',
      { units: { tokens: {} }, packs: { one: { name: 'One', unit: 'gold', credits: 1, amountMinor: 500 } } },
      'The unit of pack one is gold, and this catalog counts uses, tokens.',
    ],
    [
      'of a plan, that every object has',
      { plans: { free: { name: 'Free', month: 100, credits: { perMonth: 1, unit: 'constructor' } } } },
      'The unit of credits of plan free is constructor, and this catalog counts uses.',
    ],
  ])('refuses a unit %s', (_what, wrong, problem) => {
    const input: object = { currency: 'usd', freePlan: 'free', plans: { free: { name: 'Free' } }, packs: {}, ...wrong }
    expect(() => defineCatalog(input as Parameters<typeof defineCatalog>[0])).toThrow(problem)
  })

  it('refuses two items with one price key', () => {
    const item = { kind: 'flat', amountMinor: 100, priceKey: 'twice' }
    expect(() => defineOne({ month: [item], year: [item] })).toThrow('price key twice')
  })

  it.each([
    ['half a free use', { freeUses: 0.5 }, 'freeUses'],
    ['a free plan that does not exist', { freePlan: 'gratis' }, 'freePlan is gratis'],
    [
      'a pack for less than can be paid',
      { packs: { one: { name: 'One', credits: 1, amountMinor: 49 } } },
      'at least 50',
    ],
    [
      'a pack that unlocks no plan',
      { packs: { one: { name: 'One', credits: 1, amountMinor: 500, unlocksPlan: 'max' } } },
      'max',
    ],
    ['a plan that contains one that does not exist', { plans: { free: { name: 'F', everythingIn: 'base' } } }, 'base'],
    [
      'plans that contain each other',
      { plans: { free: { name: 'F', everythingIn: 'pro' }, pro: { name: 'P', everythingIn: 'free' } } },
      'contains itself',
    ],
    [
      'tiers that end somewhere',
      {
        plans: {
          free: { name: 'F', month: [{ kind: 'tiered', mode: 'volume', tiers: [{ upTo: 9, unitAmountMinor: 1 }] }] },
        },
      },
      'last tier',
    ],
  ])('refuses %s', (_what, wrong, problem) => {
    const input: object = { currency: 'usd', freePlan: 'free', plans: { free: { name: 'Free' } }, packs: {}, ...wrong }
    expect(() => defineCatalog(input as Parameters<typeof defineCatalog>[0])).toThrow(problem)
  })
})
