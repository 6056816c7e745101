import { describe, expect, it } from 'vitest'
import { toCustomer, toPaymentMethod } from './customer-snapshot.ts'

const refusal = (work: () => unknown) => expect(work).toThrow(expect.objectContaining({ code: 'provider_refused' }))

const customer = {
  id: 'cus_1',
  object: 'customer',
  email: 'ada@example.com',
  name: null,
  balance: -500,
  currency: 'usd',
  invoice_settings: { default_payment_method: { id: 'pm_1' }, footer: null },
}

describe('a customer', () => {
  it('has a balance, and a method that invoices are paid with', () => {
    expect(toCustomer(customer)).toEqual({
      providerCustomerId: 'cus_1',
      isDeleted: false,
      email: 'ada@example.com',
      name: null,
      defaultPaymentMethodId: 'pm_1',
      balanceMinor: -500,
      currency: 'usd',
    })
  })

  it('that was deleted has nothing any more', () => {
    expect(toCustomer({ id: 'cus_1', object: 'customer', deleted: true })).toEqual({
      providerCustomerId: 'cus_1',
      isDeleted: true,
      email: null,
      name: null,
      defaultPaymentMethodId: null,
      balanceMinor: 0,
      currency: null,
    })
  })

  it('is refused without a balance', () => {
    refusal(() => toCustomer({ ...customer, balance: undefined }))
  })
})

const card = {
  brand: 'visa',
  last4: '4242',
  exp_month: 12,
  exp_year: 2034,
  country: 'US',
  fingerprint: 'abc',
  iin: '42424242',
}

const method = { id: 'pm_1', object: 'payment_method', customer: 'cus_1', type: 'card', created: 1768435200, card }

describe('a payment method', () => {
  it('says what its owner knows it by, and no more', () => {
    expect(toPaymentMethod(method)).toEqual({
      providerPaymentMethodId: 'pm_1',
      providerCustomerId: 'cus_1',
      type: 'card',
      brand: 'visa',
      last4: '4242',
      expires: { month: 12, year: 2034 },
      createdAt: new Date('2026-01-15T00:00:00Z'),
    })
  })

  it('need not be a card', () => {
    const debit = { ...method, card: undefined, type: 'sepa_debit', sepa_debit: { last4: '3000', bank_code: '1' } }
    expect(toPaymentMethod(debit)).toMatchObject({ type: 'sepa_debit', brand: null, last4: '3000', expires: null })
    const link = { ...method, card: undefined, type: 'link', link: { email: 'ada@example.com' } }
    expect(toPaymentMethod(link)).toMatchObject({ type: 'link', brand: null, last4: null, expires: null })
  })

  it('that was detached is nobody’s', () => {
    expect(toPaymentMethod({ ...method, customer: null }).providerCustomerId).toBeNull()
  })

  it('is refused when a card has no expiry', () => {
    refusal(() => toPaymentMethod({ ...method, card: { ...card, exp_year: undefined } }))
  })
})
