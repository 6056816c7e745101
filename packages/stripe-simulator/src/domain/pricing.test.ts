import { describe, expect, it } from 'vitest'
import type { Price } from './objects/catalog.ts'
import { amountFor } from './pricing.ts'

const price = (fields: Partial<Price>): Price =>
  ({ unit_amount_decimal: null, transform_quantity: null, ...fields }) as Price

const tier = (up_to: number | null, unit: string | null, flat: string | null = null) => ({
  up_to,
  unit_amount: null,
  unit_amount_decimal: unit,
  flat_amount: null,
  flat_amount_decimal: flat,
})

describe('a price', () => {
  it('by the unit multiplies, fractions of a cent included, and rounds halves up', () => {
    expect(amountFor(price({ unit_amount_decimal: '250' }), 3)).toBe(750)
    expect(amountFor(price({ unit_amount_decimal: '0.05' }), 110)).toBe(6)
    expect(amountFor(price({ unit_amount_decimal: '0.05' }), 109)).toBe(5)
  })

  it('by the package counts begun packages, or full ones', () => {
    const each = { unit_amount_decimal: '100' }
    expect(amountFor(price({ ...each, transform_quantity: { divide_by: 10, round: 'up' } }), 21)).toBe(300)
    expect(amountFor(price({ ...each, transform_quantity: { divide_by: 10, round: 'down' } }), 21)).toBe(200)
  })

  it.each([
    [0, 1000],
    [5, 1500],
    [10, 2000],
    [11, 2050],
    [30, 3000],
  ])('in graduated tiers costs for %i units %i: each tier bills its own', (quantity, amount) => {
    const tiers = [tier(10, '100', '1000'), tier(null, '50')]
    expect(amountFor(price({ tiers_mode: 'graduated', $tiers: tiers }), quantity)).toBe(amount)
  })

  it.each([
    [10, 1000],
    [11, 550],
    [100, 5000],
  ])('in volume tiers costs for %i units %i: one tier bills all', (quantity, amount) => {
    const tiers = [tier(10, '100'), tier(null, '50')]
    expect(amountFor(price({ tiers_mode: 'volume', $tiers: tiers }), quantity)).toBe(amount)
  })
})
