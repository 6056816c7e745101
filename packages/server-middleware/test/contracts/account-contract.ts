import { describe, expect, it } from 'vitest'
import { now, shareWorld, times, unique } from './store-fixtures.ts'
import type { OpenStores } from './store-world.ts'

const someone = (changes = {}) => ({ accountId: unique('acme'), email: 'a@example.com', name: null, ...changes })

export const describeAccounts = (open: OpenStores): void => {
  describe('accounts', () => {
    const world = shareWorld(open)

    it('makes an account once, and knows it by id and ref', async () => {
      const { accounts } = world().store
      const account = someone()
      const created = await accounts.ensure(account, now)
      const nobody = { providerCustomerId: null, formerCustomerIds: [] }
      expect(created).toEqual({ ...account, ...nobody, ref: expect.any(String), createdAt: now })
      expect(await accounts.ensure(account, new Date())).toEqual(created)
      expect(await accounts.find(account.accountId)).toEqual(created)
      expect(await accounts.findByRef(created.ref)).toEqual(created)
    })

    it('gives an account a name that says nothing about it', async () => {
      const account = someone()
      const { ref } = await world().store.accounts.ensure(account, now)
      expect(ref).not.toContain(account.accountId)
    })

    it('makes one account of two requests at once', async () => {
      const { store, other } = world()
      const account = someone()
      const both = times(10, (i) => (i % 2 ? store : other).accounts.ensure(account, now))
      const refs = (await Promise.all(both)).map(({ ref }) => ref)
      expect(new Set(refs).size).toBe(1)
    })

    it('takes over what is new about an account, and forgets nothing', async () => {
      const { accounts } = world().store
      const account = someone()
      await accounts.ensure(account, now)
      await accounts.ensure({ ...account, email: 'b@example.com', name: 'B' }, now)
      await accounts.ensure({ ...account, email: null, name: null }, now)
      expect(await accounts.find(account.accountId)).toMatchObject({ email: 'b@example.com', name: 'B' })
    })

    it('knows nobody else', async () => {
      const { accounts } = world().store
      expect(await accounts.find(unique('nobody'))).toBeNull()
      expect(await accounts.findByRef(unique('nobody'))).toBeNull()
      expect(await accounts.findByCustomer(unique('nobody'))).toBeNull()
    })

    it('keeps the first customer that it is given', async () => {
      const { store, other } = world()
      const { ref } = await store.accounts.ensure(someone(), now)
      const customers = times(2, () => unique('customer'))
      const linked = await Promise.all([
        store.accounts.linkCustomer(ref, customers[0] ?? ''),
        other.accounts.linkCustomer(ref, customers[1] ?? ''),
      ])
      const [first, second] = linked.map(({ providerCustomerId }) => providerCustomerId)
      expect(customers).toContain(first)
      expect(second).toBe(first)
      expect(await store.accounts.findByCustomer(first ?? '')).toMatchObject({ ref })
    })

    it('never gives one customer to two accounts', async () => {
      const { accounts } = world().store
      const customer = unique('customer')
      const [a, b] = [await accounts.ensure(someone(), now), await accounts.ensure(someone(), now)]
      await accounts.linkCustomer(a.ref, customer)
      await expect(accounts.linkCustomer(b.ref, customer)).rejects.toMatchObject({ code: 'internal' })
      expect(await accounts.findByRef(b.ref)).toMatchObject({ providerCustomerId: null })
    })

    it('has a customer no more who is unlinked, once, and is still found by them', async () => {
      const { accounts } = world().store
      const [first, second] = [unique('customer'), unique('customer')]
      const { ref } = await accounts.ensure(someone(), now)
      await accounts.linkCustomer(ref, first)
      await accounts.unlinkCustomer(ref, second)
      expect(await accounts.findByRef(ref)).toMatchObject({ providerCustomerId: first, formerCustomerIds: [] })
      await Promise.all(times(4, () => accounts.unlinkCustomer(ref, first)))
      const left = { ref, providerCustomerId: null, formerCustomerIds: [first] }
      expect(await accounts.findByCustomer(first)).toMatchObject(left)
      expect(await accounts.linkCustomer(ref, first)).toMatchObject(left)
      expect(await accounts.linkCustomer(ref, second)).toMatchObject({ ...left, providerCustomerId: second })
      await accounts.unlinkCustomer(ref, first)
      expect(await accounts.findByCustomer(second)).toMatchObject({ ref, formerCustomerIds: [first] })
    })

    it('is found by each of its customers, whoever else is looked for at the same time', async () => {
      const { accounts } = world().store
      const made = await Promise.all(times(3, () => accounts.ensure(someone(), now)))
      const customers = made.map(({ ref }) => [ref, unique('former'), unique('customer')] as const)
      for (const [ref, former, present] of customers) {
        await accounts.linkCustomer(ref, former)
        await accounts.unlinkCustomer(ref, former)
        await accounts.linkCustomer(ref, present)
      }
      const sought = [...customers.flatMap(([, ...both]) => both), unique('nobody')]
      const found = await Promise.all(sought.map((customer) => accounts.findByCustomer(customer)))
      expect(found.map((account) => account?.ref)).toEqual([...customers.flatMap(([ref]) => [ref, ref]), undefined])
    })

    it('never gives a customer to an account that another one had', async () => {
      const { accounts } = world().store
      const customer = unique('customer')
      const [a, b] = [await accounts.ensure(someone(), now), await accounts.ensure(someone(), now)]
      await accounts.linkCustomer(a.ref, customer)
      await accounts.unlinkCustomer(a.ref, customer)
      await expect(accounts.linkCustomer(b.ref, customer)).rejects.toMatchObject({ code: 'internal' })
      expect(await accounts.findByCustomer(customer)).toMatchObject({ ref: a.ref })
    })

    it('is forgotten but for its id and its customer, until somebody says its name again', async () => {
      const { accounts } = world().store
      const account = someone({ name: 'A' })
      const created = await accounts.ensure(account, now)
      expect(await accounts.erase(created.ref)).toBe(1)
      expect(await accounts.erase(created.ref)).toBe(0)
      expect(await accounts.erase(unique('nobody'))).toBe(0)
      expect(await accounts.find(account.accountId)).toEqual({ ...created, email: null, name: null })
      expect(await accounts.ensure(account, now)).toEqual(created)
    })

    it('links no customer to an account that is not there', async () => {
      const linking = world().store.accounts.linkCustomer(unique('nobody'), unique('customer'))
      await expect(linking).rejects.toMatchObject({ code: 'not_found' })
    })
  })
}
