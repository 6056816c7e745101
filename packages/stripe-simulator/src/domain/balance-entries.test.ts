import { describe, expect, it } from 'vitest'
import { balanceEntries } from './balance-entries.ts'
import { amountDue } from './currency.ts'

const entriesOf = (total: number, balance: number) =>
  balanceEntries({ total, balance, due: amountDue(total + balance, 'usd'), currency: 'usd' }).map(
    ({ type, amount }) => [type, amount],
  )

describe('what an invoice does to its customer’s balance', () => {
  it('uses up a credit, in part or whole', () => {
    expect(entriesOf(1000, -300)).toEqual([['applied_to_invoice', 300]])
    expect(entriesOf(1000, -3000)).toEqual([['applied_to_invoice', 1000]])
  })

  it('collects a debt', () => {
    expect(entriesOf(1000, 200)).toEqual([['applied_to_invoice', -200]])
  })

  it('keeps what is negative as a credit', () => {
    expect(entriesOf(-700, 0)).toEqual([['applied_to_invoice', -700]])
    expect(entriesOf(-20, 30)).toEqual([['applied_to_invoice', -20]])
  })

  it('leaves what is too small, or too large, for later', () => {
    expect(entriesOf(20, 0)).toEqual([['invoice_too_small', 20]])
    expect(entriesOf(520, -500)).toEqual([
      ['applied_to_invoice', 500],
      ['invoice_too_small', 20],
    ])
    expect(entriesOf(100_000_000, 0)).toEqual([['invoice_too_large', 100_000_000]])
  })

  it('is nothing where there is nothing', () => {
    expect(entriesOf(1000, 0)).toEqual([])
    expect(entriesOf(0, -500)).toEqual([])
  })

  it('always adds up', () => {
    for (const total of [-700, -20, 0, 20, 49, 50, 1000]) {
      for (const balance of [-3000, -1000, -990, -20, 0, 30, 70]) {
        const due = amountDue(total + balance, 'usd')
        const change = balanceEntries({ total, balance, due, currency: 'usd' }).reduce(
          (sum, { amount }) => sum + amount,
          0,
        )
        expect([total, balance, balance + change]).toEqual([total, balance, total + balance - due])
      }
    }
  })
})
