import { describe, expect, it } from 'vitest'
import type { Customer } from '../../src/domain/customer.ts'
import type { Dispute } from '../../src/domain/dispute.ts'
import type { Invoice } from '../../src/domain/invoice.ts'
import type { PaymentMethod } from '../../src/domain/payment-method.ts'
import type { Mirror } from '../../src/ports/mirrors.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { newCustomer, newDispute, newInvoice, newPaymentMethod } from './mirror-fixtures.ts'
import { shareWorld, times, unique } from './store-fixtures.ts'
import type { OpenStores } from './store-world.ts'

type Case<Row> = {
  mirror: (store: BillingStore) => Mirror<Row>
  make: (accountRef: string) => Row
  idOf: (row: Row) => string
  change: Partial<Row>
  /** What an erasure leaves of `make`. */
  erased: Partial<Row> | null
}

export const describeMirrors = (open: OpenStores): void => {
  const world = shareWorld(open)
  describeMirror<Invoice>('invoices', world, {
    mirror: ({ invoices }) => invoices,
    make: (accountRef) => newInvoice(accountRef),
    idOf: ({ providerInvoiceId }) => providerInvoiceId,
    change: { status: 'void' },
    erased: { url: null, pdfUrl: null },
  })
  describeMirror<PaymentMethod>('payment methods', world, {
    mirror: ({ paymentMethods }) => paymentMethods,
    make: (accountRef) => newPaymentMethod(accountRef),
    idOf: ({ providerPaymentMethodId }) => providerPaymentMethodId,
    change: { isAttached: false },
    erased: { last4: null, expires: null },
  })
  describeMirror<Dispute>('disputes', world, {
    mirror: ({ disputes }) => disputes,
    make: (accountRef) => newDispute(accountRef),
    idOf: ({ providerDisputeId }) => providerDisputeId,
    change: { status: 'won' },
    erased: null,
  })
  describeMirror<Customer>('customers', world, {
    mirror: ({ customers }) => customers,
    make: (accountRef) => newCustomer(accountRef),
    idOf: ({ providerCustomerId }) => providerCustomerId,
    change: { isDeleted: true },
    erased: { email: null, name: null },
  })
}

const describeMirror = <Row extends { accountRef: string }>(
  name: string,
  world: () => { store: BillingStore; other: BillingStore },
  { mirror, make, idOf, change, erased }: Case<Row>,
): void => {
  const ours = () => mirror(world().store)

  describe(`a mirror of ${name}`, () => {
    it('saves over older fetches only', async () => {
      const row = make(unique('account'))
      const id = idOf(row)
      const [slow, quick] = [await ours().startFetch(id), await ours().startFetch(id)]
      expect(await ours().find(id)).toBeNull()
      expect(await ours().save({ ...row, ...change }, quick)).toBe('saved')
      expect(await ours().save(row, slow)).toBe('stale')
      expect(await ours().save(row, quick)).toBe('stale')
      expect(await ours().find(id)).toEqual({ ...row, ...change })
      expect(await ours().save(row, await ours().startFetch(id))).toBe('saved')
      expect(await ours().find(id)).toEqual(row)
    })

    it('removes over older fetches only, and what was removed comes back by a newer one', async () => {
      const row = make(unique('account'))
      const id = idOf(row)
      await ours().save(row, await ours().startFetch(id))
      const [slow, quick] = [await ours().startFetch(id), await ours().startFetch(id)]
      expect(await ours().remove(id, quick)).toBe('removed')
      expect(await ours().remove(id, slow)).toBe('stale')
      expect(await ours().save(row, slow)).toBe('stale')
      expect([await ours().find(id), await ours().list(row.accountRef)]).toEqual([null, []])
      expect(await ours().save(row, await ours().startFetch(id))).toBe('saved')
      expect(await ours().list(row.accountRef)).toEqual([row])
    })

    it('gives each fetch a number of its own, whoever asks', async () => {
      const id = unique('id')
      const fetches = await Promise.all(times(6, (i) => mirror(i % 2 ? world().store : world().other).startFetch(id)))
      expect(fetches.toSorted((a, b) => a - b)).toEqual(times(6, (i) => i + 1))
    })

    it("lists an account's own, and not what was only asked for", async () => {
      const accountRef = unique('account')
      const rows = [make(accountRef), make(accountRef)]
      for (const row of [...rows, make(unique('account'))]) await ours().save(row, await ours().startFetch(idOf(row)))
      await ours().startFetch(unique('id'))
      const listed = await ours().list(accountRef)
      expect(listed.map(idOf).toSorted()).toEqual(rows.map(idOf).toSorted())
    })

    it('forgets who somebody is, of one account and until a later fetch', async () => {
      const [mine, other] = [make(unique('account')), make(unique('account'))]
      const { accountRef } = mine
      for (const row of [mine, other]) await ours().save(row, await ours().startFetch(idOf(row)))
      const left = { ...mine, ...erased }
      expect(await ours().erase(accountRef)).toBe(erased ? 1 : 0)
      expect(await ours().erase(accountRef)).toBe(0)
      expect([await ours().find(idOf(mine)), await ours().find(idOf(other))]).toEqual([left, other])
      await ours().save(mine, await ours().startFetch(idOf(mine)))
      expect(await ours().list(accountRef)).toEqual([mine])
    })
  })
}
