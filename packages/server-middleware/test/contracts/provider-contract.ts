import { describe, expect, it } from 'vitest'
import { describeCheckouts, describeSubscriptions } from './provider-checkouts.ts'
import { describeMirrored } from './provider-mirrors.ts'
import { describeCustomers, describePayments, describeRefunds } from './provider-payments.ts'
import { contractCatalog, type OpenProvider, pays } from './provider-world.ts'

/** What every payment provider must do; `open` gives a fresh one each time. */
export const describeProvider = (name: string, open: OpenProvider): void => {
  describe(`a payment provider: ${name}`, () => {
    describeCustomers(open)
    describePayments(open)
    describeRefunds(open)
    describeCheckouts(open)
    describeSubscriptions(open)
    describeMirrored(open)
    describeWebhooks(open)
    describeCatalog(open)
  })
}

const invalid = { code: 'webhook_signature_invalid' }

const describeWebhooks = (open: OpenProvider): void => {
  it('translates what it signed into a fact that carries ids only', async () => {
    await using world = await open()
    const { providerPaymentId } = await pays(world, 'works')
    const event = await world.provider.verifyWebhook(await world.webhookAbout(providerPaymentId))
    expect(event).toMatchObject({
      id: expect.any(String),
      mode: 'test',
      payload: expect.stringContaining(providerPaymentId),
    })
    expect(world.provider.readFact(event)).toEqual({ type: 'payment.changed', providerPaymentId })
  })

  it('refuses a body that was changed on its way', async () => {
    await using world = await open()
    const { providerPaymentId } = await pays(world, 'works')
    const { payload, headers } = await world.webhookAbout(providerPaymentId)
    const changed = world.provider.verifyWebhook({ payload: Uint8Array.from([...payload, 32]), headers })
    await expect(changed).rejects.toMatchObject(invalid)
  })

  it('refuses a body without its signature', async () => {
    await using world = await open()
    const { providerPaymentId } = await pays(world, 'works')
    const { payload } = await world.webhookAbout(providerPaymentId)
    await expect(world.provider.verifyWebhook({ payload, headers: {} })).rejects.toMatchObject(invalid)
  })

  it('finds an event again by its id', async () => {
    await using world = await open()
    const { providerPaymentId } = await pays(world, 'works')
    const event = await world.provider.verifyWebhook(await world.webhookAbout(providerPaymentId))
    const found = await world.provider.findEvent(event.id)
    expect(found).toMatchObject({ id: event.id, type: event.type })
    expect(found && world.provider.readFact(found)).toEqual(world.provider.readFact(event))
    expect(await world.provider.findEvent('evt_unknown')).toBeNull()
  })

  it('lists what has happened, the newest first, page by page', async () => {
    await using world = await open()
    const { providerPaymentId } = await pays(world, 'works')
    const event = await world.provider.verifyWebhook(await world.webhookAbout(providerPaymentId))
    const since = new Date('2020-01-01T00:00:00Z')
    const all = await world.provider.listEvents({ since, after: null, limit: 100 })
    expect(all.next).toBeNull()
    expect(all.events).toContainEqual(expect.objectContaining({ id: event.id, type: event.type, mode: 'test' }))
    expect(world.provider.eventTypes).toContain(event.type)

    const paged: string[] = []
    for (let after: string | null = null; ; ) {
      const { events, next } = await world.provider.listEvents({ since, after, limit: 1 })
      paged.push(...events.map(({ id }) => id))
      if (next === null) break
      after = next
    }
    expect(paged).toEqual(all.events.map(({ id }) => id))
  })
}

const describeCatalog = (open: OpenProvider): void => {
  it('has nothing left to change after a push', async () => {
    await using world = await open()
    await world.provider.pushCatalog(contractCatalog)
    const settled = (await world.provider.pushCatalog(contractCatalog)).map(({ change }) => change)
    expect(settled.filter((change) => change !== 'same')).toEqual([])
    expect((await world.provider.checkCatalog(contractCatalog)).map(({ change }) => change)).toEqual(settled)
  })
}
