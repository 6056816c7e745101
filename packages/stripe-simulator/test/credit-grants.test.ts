import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { day, openCreditShop } from './support/credit-shop.ts'
import { failure } from './support/failure.ts'

describe('a credit grant', () => {
  it('has a priority of 50, is paid for and never ends, unless it says otherwise', async () => {
    await using shop = await openCreditShop()
    const grant = await shop.grant()
    expect(grant).toMatchObject({ priority: 50, category: 'paid', expires_at: null, effective_at: shop.now() })
    expect(grant.applicability_config).toEqual({ scope: { price_type: 'metered' } })
  })

  it('ends at its time, and what is left of it with it', async () => {
    await using shop = await openCreditShop()
    const { id } = await shop.grant({ expires_at: shop.now() + day })
    await shop.simulator.clock.advance({ days: 2 })
    expect((await shop.movements(id))[0]).toEqual(['credits_expired', 500])
    expect(await shop.left(id)).toBe(0)
    const [expired] = (await shop.stripe.billing.creditBalanceTransactions.list({ credit_grant: id })).data
    expect(expired?.created).toBe(shop.now() - day)
  })

  it('can be ended now, and lasts longer when it is told to before', async () => {
    await using shop = await openCreditShop()
    const { id } = await shop.grant({ expires_at: shop.now() + day })
    await shop.stripe.billing.creditGrants.update(id, { expires_at: '' })
    await shop.simulator.clock.advance({ days: 2 })
    expect(await shop.left(id)).toBe(500)
    expect((await shop.stripe.billing.creditGrants.expire(id)).expires_at).toBe(shop.now())
    expect(await shop.left(id)).toBe(0)
    expect(await failure(shop.stripe.billing.creditGrants.expire(id))).toMatchObject({ statusCode: 400 })
    const longer = { expires_at: shop.now() + day }
    expect(await failure(shop.stripe.billing.creditGrants.update(id, longer))).toMatchObject({ statusCode: 400 })
  })

  it('can be voided until something was paid with it', async () => {
    await using shop = await openCreditShop()
    const unused = await shop.grant({ priority: 90 })
    const used = await shop.grant()
    await shop.subscribe()
    await shop.uses(10)
    await shop.renew()
    expect((await shop.stripe.billing.creditGrants.voidGrant(unused.id)).voided_at).toBe(shop.now())
    expect((await shop.movements(unused.id))[0]).toEqual(['credits_voided', 500])
    expect(await failure(shop.stripe.billing.creditGrants.voidGrant(used.id))).toMatchObject({ statusCode: 400 })
    expect(await shop.left(used.id)).toBe(490)
  })

  it.each([
    [{ value: 0 }, 'amount[monetary][value]'],
    [{ currency: 'zzz' }, 'amount[monetary][currency]'],
    [{ priority: 101 }, 'priority'],
    [{ expires_at: 1 }, 'expires_at'],
    [{ customer: 'cus_no' }, 'customer'],
    [
      { applicability_config: { scope: { prices: [{ id: 'price_no' }] } } },
      'applicability_config[scope][prices][0][id]',
    ],
    [
      { applicability_config: { scope: { price_type: 'metered' as const, prices: [{ id: 'x' }] } } },
      'applicability_config[scope]',
    ],
  ])('refuses %j', async (params, param) => {
    await using shop = await openCreditShop()
    expect(await failure(shop.grant(params))).toMatchObject({ statusCode: 400, param })
    expect((await shop.stripe.billing.creditGrants.list({ customer: shop.customer })).data).toEqual([])
  })

  it('is for metered prices, of which one meter counts', async () => {
    await using shop = await openCreditShop()
    const scope = { prices: [{ id: shop.basic.id }] }
    expect(await failure(shop.grant({ applicability_config: { scope } }))).toMatchObject({
      param: 'applicability_config[scope][prices][0][id]',
    })
  })

  it('is one of at most a hundred unused ones', async () => {
    await using shop = await openCreditShop()
    for (let made = 0; made < 100; made += 1) await shop.grant({ value: 1 })
    expect(await failure(shop.grant())).toMatchObject({ statusCode: 400, param: 'customer' })
    const [first] = (await shop.stripe.billing.creditGrants.list({ customer: shop.customer })).data
    await shop.stripe.billing.creditGrants.voidGrant(first?.id ?? '')
    expect((await shop.grant()).object).toBe('billing.credit_grant')
  })
})

describe('the balance', () => {
  it('is by currency, of the grants that a scope names', async () => {
    await using shop = await openCreditShop()
    await shop.grant({ value: 100 })
    await shop.grant({ value: 200 })
    await shop.grant({ value: 7, currency: 'eur' })
    await shop.grant({ value: 1000, applicability_config: { scope: { prices: [{ id: shop.price.id }] } } })
    const of = async (
      applicability_scope: Stripe.Billing.CreditBalanceSummaryRetrieveParams.Filter.ApplicabilityScope,
    ) => {
      const filter = { type: 'applicability_scope' as const, applicability_scope }
      const { balances } = await shop.stripe.billing.creditBalanceSummaries.retrieve({
        customer: shop.customer,
        filter,
      })
      return balances.map(({ available_balance, ledger_balance }) => [available_balance, ledger_balance])
    }
    const money = (currency: string, value: number) => {
      const balance = { monetary: { currency, value }, type: 'monetary' }
      return [balance, balance]
    }
    expect(await of({ price_type: 'metered' })).toEqual([money('usd', 300), money('eur', 7)])
    expect(await of({ prices: [{ id: shop.price.id }] })).toEqual([money('usd', 1300), money('eur', 7)])
  })

  it('needs a customer and what its filter is about', async () => {
    await using shop = await openCreditShop()
    const { creditBalanceSummaries: summary } = shop.stripe.billing
    const filter = { type: 'credit_grant' as const }
    expect(await failure(summary.retrieve({ filter }))).toMatchObject({ param: 'customer' })
    const asked = { customer: shop.customer, filter }
    expect(await failure(summary.retrieve(asked))).toMatchObject({ param: 'filter[credit_grant]' })
  })
})
